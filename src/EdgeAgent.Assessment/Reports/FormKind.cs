namespace EdgeAgent.Assessment.Reports;

/// <summary>The forms that can be filled.</summary>
public enum FormKind
{
    /// <summary>附件1.1 评测验收申请书.</summary>
    Application,
    /// <summary>附件1.2 改造总结报告.</summary>
    Summary,
    /// <summary>附件1.3 自评估报告.</summary>
    SelfAssessment,
    /// <summary>一页摘要.</summary>
    OnePage,
}

/// <summary>The names of the forms.</summary>
public static class FormKinds
{
    /// <summary>What a person types.</summary>
    public static string Code(this FormKind kind) => kind switch
    {
        FormKind.Application => "1.1",
        FormKind.Summary => "1.2",
        FormKind.SelfAssessment => "1.3",
        _ => "one-page",
    };

    /// <summary>File name without ending.</summary>
    public static string FileName(this FormKind kind) => kind switch
    {
        FormKind.Application => "附件1.1 评测验收申请书",
        FormKind.Summary => "附件1.2 改造总结报告",
        FormKind.SelfAssessment => "附件1.3 自评估报告",
        _ => "评测摘要",
    };
}
