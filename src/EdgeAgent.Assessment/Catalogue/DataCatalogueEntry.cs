using System.Globalization;

namespace EdgeAgent.Assessment.Catalogue;

/// <summary>One series of collected data, as item 7 of the questionnaire asks for it: 类型、用途、数量、数据源单位、使用单位.</summary>
/// <param name="Type">What its values are, with the unit.</param>
/// <param name="Purpose">用途.</param>
/// <param name="IntervalMs">How often it is collected.</param>
/// <param name="Readings">Readings of its device that were collected well in the period, shared among its series by their intervals.</param>
/// <param name="Source">数据源单位: where it comes from.</param>
/// <param name="Users">使用单位.</param>
public sealed record DataCatalogueEntry(
    string Agent, string Device, string Tag, string AssetNo, string AssetName, string Type, string Purpose, int IntervalMs, long Readings, string Source, string Users)
{
    /// <summary>In the order of <see cref="DataCatalogue.Headers"/>.</summary>
    public IReadOnlyList<string> Cells =>
    [
        $"{Agent}/{Device}", Tag, AssetNo, AssetName, Type, Purpose, (IntervalMs / 1000m).ToString("0.###", CultureInfo.InvariantCulture),
        Readings.ToString(CultureInfo.InvariantCulture), Source, Users,
    ];
}
