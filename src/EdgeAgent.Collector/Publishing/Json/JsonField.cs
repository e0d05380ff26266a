namespace EdgeAgent.Collector.Publishing.Json;

/// <summary>What a placeholder stands for.</summary>
internal enum JsonField : byte
{
    Site,
    Agent,
    Group,
    Device,
    Asset,
    Tag,
    Unit,
    Value,
    /// <summary>good, uncertain or bad.</summary>
    Quality,
    /// <summary>The quality's name, for instance BadTimeout.</summary>
    QualityName,
    /// <summary>The OPC UA status code as a number.</summary>
    QualityCode,
    /// <summary>192, 64 or 0, as in OPC of old.</summary>
    QualityOpc,
    UnixMs,
    UnixS,
    UnixNs,
    Iso,
}
