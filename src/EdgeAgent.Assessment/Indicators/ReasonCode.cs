using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>Why an asset does not count. Written in capitals, for instance <c>LOW_COVERAGE</c>.</summary>
[JsonConverter(typeof(ReasonCodeConverter))]
public enum ReasonCode
{
    /// <summary>No device of any agent is bound to the asset.</summary>
    NoBinding,
    /// <summary>A device is bound to the asset, and was not seen in the window: no account speaks of it.</summary>
    NotSeen,
    /// <summary>It was seen, and not one good reading came in the window.</summary>
    NoData,
    /// <summary>Too small a share of the expected readings was good.</summary>
    LowCoverage,
    /// <summary>Good readings on too few days.</summary>
    FewDays,
    /// <summary>Too few good readings in all.</summary>
    FewReadings,
    /// <summary>Good readings, and no value ever changed.</summary>
    Frozen,
    /// <summary>Something answers at its address, and nothing was read from it: that proves a network, not a digital device.</summary>
    ProbeOnly,
    /// <summary>Readings of a simulator or a replay, which never count.</summary>
    Simulated,
    /// <summary>Readings from a file, which never count.</summary>
    Imported,
    /// <summary>Its physical address is bound to another asset as well.</summary>
    SharedAddress,
    /// <summary>All of its telling series go through the course of another asset's: one machine, or a copied stream.</summary>
    IdenticalSeries,
    /// <summary>Retired at or before the report instant.</summary>
    Retired,
    /// <summary>Its status is not one that counts.</summary>
    ExcludedStatus,
    /// <summary>Its category is not one that counts.</summary>
    ExcludedCategory,
    /// <summary>Commissioned after the report instant.</summary>
    NotCommissioned,
    /// <summary>Networked, and nothing shows that it is digital.</summary>
    NotDigital,
    /// <summary>待观察: commissioned or bound too short a time ago.</summary>
    Pending,
    /// <summary>Its agent's clock was wrong: throughout the window, or so far ahead that accounts lie in the future.</summary>
    ClockSkew,
}

/// <summary>Writes reason codes as <c>NO_DATA</c>.</summary>
public sealed class ReasonCodeConverter() : JsonStringEnumConverter<ReasonCode>(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false);

/// <summary>The text of a reason code.</summary>
public static class ReasonCodes
{
    /// <summary>For instance <c>NO_DATA</c>.</summary>
    public static string Text(this ReasonCode code) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(code.ToString());
}
