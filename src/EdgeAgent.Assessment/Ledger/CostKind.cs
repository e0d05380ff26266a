namespace EdgeAgent.Assessment.Ledger;

/// <summary>What a contract line buys; a rule pack says which kinds are subsidised.</summary>
public enum CostKind
{
    /// <summary>数字化诊断.</summary>
    Diagnosis,
    /// <summary>系统软件.</summary>
    Software,
    /// <summary>云服务.</summary>
    Cloud,
    /// <summary>实施服务.</summary>
    Service,
    /// <summary>数据采集传输设备.</summary>
    DataCollection,
    /// <summary>其他: never subsidised.</summary>
    Other,
}
