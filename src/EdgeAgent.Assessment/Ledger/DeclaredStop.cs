using System.Text.Json.Serialization;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>A declared stop (停机申报): a time for which an asset owes no readings, with its reason.</summary>
/// <param name="Id">Unique in the ledger.</param>
/// <param name="AssetNo">The asset, or empty for every asset of the site.</param>
/// <param name="FromTicks">First instant, inclusive.</param>
/// <param name="ToTicks">End, exclusive.</param>
/// <param name="LoggedAtTicks">When it was declared; set from the event's time, so that nobody declares afterwards unseen.</param>
public sealed record DeclaredStop(
    string Id,
    string AssetNo,
    [property: JsonConverter(typeof(InstantJson))] long FromTicks,
    [property: JsonConverter(typeof(InstantJson))] long ToTicks,
    string Reason,
    [property: JsonConverter(typeof(InstantJson))] long LoggedAtTicks = 0)
{
    /// <summary>Whether it covers the asset.</summary>
    public bool Covers(string assetNo) => AssetNo.Length == 0 || AssetNo.Equals(assetNo, StringComparison.OrdinalIgnoreCase);
}
