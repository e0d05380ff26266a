namespace EdgeAgent.Protocols.Sparkplug;

/// <summary>Which field of a metric carries its value.</summary>
public enum SparkplugValueField : byte
{
    None,
    Int,
    Long,
    Float,
    Double,
    Boolean,
    Text,
    Bytes,

    /// <summary>A data set, a template or an extension, which is passed over.</summary>
    Other,
}
