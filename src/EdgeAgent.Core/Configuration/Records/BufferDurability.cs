using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Configuration;

/// <summary>What an acknowledged append to the buffer survives.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<BufferDurability>))]
public enum BufferDurability
{
    /// <summary>A killed process; a crash of the system or a power cut may cost the last moments.</summary>
    Normal,
    /// <summary>A power cut too: every group commit is forced to the disk.</summary>
    Full,
}
