using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Configuration;

/// <summary>How a value lies in a device.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<TagType>))]
public enum TagType
{
    Bool,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Float32,
    Float64,
    /// <summary>Four binary coded decimal digits.</summary>
    Bcd16,
    /// <summary>Eight binary coded decimal digits.</summary>
    Bcd32,
    String,
    Bytes,
}
