namespace EdgeAgent.Assessment.Ledger;

/// <summary>Who the enterprise is: the first table of the application form (申请企业基本信息).</summary>
/// <param name="CreditCode">统一社会信用代码; its check digit is verified when it is recorded.</param>
/// <param name="LegalRepresentative">法人代表.</param>
/// <param name="Address">通讯地址.</param>
/// <param name="Contact">联系人.</param>
/// <param name="ContactNumber">联系方式.</param>
/// <param name="Industry">所属细分行业, in the words of the rule pack where it lists them.</param>
/// <param name="QualityClass">优质中小企业情况.</param>
public sealed record EnterpriseProfile(
    string Name,
    string CreditCode,
    string LegalRepresentative = "",
    string Address = "",
    string Contact = "",
    string ContactNumber = "",
    string Industry = "",
    string QualityClass = "");
