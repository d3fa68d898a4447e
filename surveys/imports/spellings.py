"""What spreadsheets call our columns, in English, simplified and traditional Chinese."""

SPELLINGS = {
    "customers": {
        "external_id": (
            "customer, customer id, customer number, customer no, id, number, client id, "
            "member id, 客户编号, 客户号, 客户ID, 编号, 会员号, 会员编号, 顾客编号, "
            "客戶編號, 顧客編號, 會員編號, 編號, 會員卡號"
        ),
        "name": (
            "customer name, full name, client, 姓名, 名称, 名字, 客户名称, 客户姓名, "
            "名稱, 客戶姓名, 顧客姓名"
        ),
        "email": (
            "e-mail, mail, email address, e-mail address, 邮箱, 电子邮件, 电子邮箱, "
            "邮件, 電子郵件, 信箱, 電子信箱, 郵箱, 郵件"
        ),
        "phone": (
            "telephone, mobile, tel, cell, phone number, mobile number, 手机, 手机号, "
            "电话, 联系电话, 手機, 手機號碼, 電話, 聯絡電話"
        ),
        "language": "lang, locale, 语言, 語言, 語系",
        "time_zone": "timezone, tz, 时区, 時區",
        "unit": (
            "branch, store, shop, department, office, 单位, 门店, 分店, 网点, 部门, "
            "單位, 門市, 分行, 部門"
        ),
        "segment": (
            "customer segment, class, grade, 客户细分, 细分, 客户类别, 等级, 客戶區隔, "
            "區隔, 客戶等級, 等級"
        ),
        "stage": (
            "life cycle stage, lifecycle, lifecycle stage, 生命周期, 生命周期阶段, 阶段, "
            "生命週期, 生命週期階段, 階段"
        ),
        "respondent_type": (
            "type, customer type, 受访者类型, 客户类型, 类型, 受訪者類型, 客戶類型, 類型"
        ),
        "account": (
            "account id, account no, company, company id, 账户, 公司编号, 单位编号, "
            "帳戶, 公司編號, 統一編號"
        ),
        "account_role": "role, buying role, 角色, 账户角色, 帳戶角色",
        "opted_out": (
            "opt out, opt-out, unsubscribed, do not contact, 退订, 拒绝调查, 退訂, "
            "拒絕調查, 不要聯絡"
        ),
    },
    "accounts": {
        "external_id": (
            "account, account id, account number, account no, company id, id, number, "
            "账户编号, 公司编号, 编号, 帳戶編號, 公司編號, 統一編號, 編號"
        ),
        "name": "account name, company, company name, 名称, 公司, 公司名称, 名稱, 公司名稱",
    },
    "events": {
        "external_id": (
            "event, event id, event number, order, order id, order number, order no, "
            "ticket, ticket id, ticket number, receipt, invoice, id, number, "
            "transaction id, 事件编号, 订单号, 订单编号, 工单号, 单号, 流水号, 交易号, "
            "事件編號, 訂單編號, 訂單號碼, 工單編號, 單號, 交易編號, 發票號碼"
        ),
        "customer": (
            "customer id, customer number, customer no, client id, member id, 客户编号, "
            "客户号, 客户, 会员号, 会员编号, 顾客编号, 客戶編號, 顧客編號, 客戶, "
            "會員編號"
        ),
        "kind": "type, event type, event kind, 类型, 事件类型, 种类, 類型, 事件類型, 種類",
        "occurred_at": (
            "date, time, day, occurred, order date, purchase date, datetime, 日期, 时间, "
            "发生时间, 交易日期, 下单时间, 時間, 發生時間, 交易時間, 訂單日期"
        ),
        "unit": (
            "branch, store, shop, department, office, 单位, 门店, 分店, 网点, 部门, "
            "單位, 門市, 分行, 部門"
        ),
        "amount": "total, price, value, sum, revenue, 金额, 总额, 价格, 金額, 總額, 價格",
        "staff": (
            "employee, agent, handler, seller, 员工, 经办人, 处理人, 员工编号, 員工, "
            "經辦人, 處理人, 承辦人"
        ),
    },
    "units": {
        "code": (
            "unit, unit code, id, unit id, branch code, store code, 编号, 代码, "
            "单位编号, 门店编号, 單位代碼, 代碼, 代號, 編號, 門市代號"
        ),
        "name": (
            "unit name, branch, store, department, 名称, 单位名称, 门店, 部门, 名稱, "
            "單位名稱, 門市, 部門"
        ),
        "parent": (
            "parent code, parent unit, above, region, 上级, 上级编号, 上级单位, 上層, "
            "上級單位, 上層單位, 上層代碼"
        ),
    },
    "responses": {
        "external_id": (
            "id, response id, response, number, 答卷编号, 编号, 序号, 填答編號, 編號, 序號"
        ),
        "answered_at": (
            "date, time, submitted at, submit date, timestamp, 答题时间, 提交时间, 时间, "
            "日期, 填答時間, 提交時間, 時間"
        ),
        "customer": "customer id, customer number, 客户编号, 客户号, 客戶編號, 顧客編號",
        "language": "lang, 语言, 語言, 語系",
        "unit": "branch, store, 单位, 门店, 單位, 門市",
    },
}


def spellings(kind, column):
    """The names that spreadsheets give a column of this kind of file."""
    return tuple(SPELLINGS[kind][column].split(", "))
