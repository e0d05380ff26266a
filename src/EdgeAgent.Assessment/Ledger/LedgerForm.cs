using System.Text.Json;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>One asset as the fields of a form: the columns of a ledger file, checked by the same rules, each by a short key.</summary>
public static class LedgerForm
{
    /// <summary>Every field, in the order of the file.</summary>
    public static IReadOnlyList<LedgerFormField> Fields { get; } =
        [.. LedgerColumn.All.Select(c => new LedgerFormField(KeyOf(c.Field), c.Header, c.Required, c.LengthMax, c.IsDate, WordsOf(c.Field)))];

    /// <summary>The asset's fields as text; empty where there is nothing.</summary>
    public static IReadOnlyDictionary<string, string> Values(LedgerEntry asset) =>
        LedgerColumn.All.ToDictionary(c => KeyOf(c.Field), c => LedgerFields.Text(asset, c.Field), StringComparer.Ordinal);

    /// <summary>Lays texts over an asset that is known, or makes a new one; a field that is not given stays as it is.</summary>
    /// <returns>The asset, or every field that is wrong.</returns>
    public static (LedgerEntry? Asset, IReadOnlyList<LedgerProblem> Problems) Read(LedgerEntry? known, IReadOnlyDictionary<string, string> values)
    {
        string[] unknown = [.. values.Keys.Where(k => LedgerColumn.All.All(c => KeyOf(c.Field) != k))];
        if (unknown.Length > 0)
        {
            return (null, [.. unknown.Select(k => new LedgerProblem(0, LedgerCell.Show(k), "", "is not a field of the ledger", $"of {string.Join(", ", Fields.Select(f => f.Key))}"))]);
        }

        List<LedgerProblem> problems = [];
        LedgerColumn[] columns = LedgerColumn.All;
        string[] cells = Array.ConvertAll(columns, c => values.TryGetValue(KeyOf(c.Field), out string? typed) ? typed : known is null ? "" : LedgerFields.Text(known, c.Field));
        int[] places = new int[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            places[(int)columns[i].Field] = i;
        }

        LedgerRowReader reader = new(known?.Row ?? 0, cells, Array.ConvertAll(columns, c => c.Header), places, problems);
        LedgerEntry? asset = reader.Read();
        // What nobody typed stays as it was recorded, not as its text reads.
        LedgerField[] given = [.. columns.Where(c => values.ContainsKey(KeyOf(c.Field))).Select(c => c.Field)];
        return (asset is null || known is null ? asset : LedgerFields.Laid(known, asset, given), problems);
    }

    /// <summary>What differs between two states of an asset.</summary>
    public static IReadOnlyList<FieldChange> Differences(LedgerEntry before, LedgerEntry after) => LedgerFields.Differences(before, after);

    private static string KeyOf(LedgerField field) => JsonNamingPolicy.CamelCase.ConvertName(field.ToString());

    private static IReadOnlyList<string> WordsOf(LedgerField field) => field switch
    {
        LedgerField.Category => [.. Enum.GetValues<AssetCategory>().Select(LedgerTerms.Label)],
        LedgerField.Status => [.. Enum.GetValues<AssetStatus>().Select(LedgerTerms.Label)],
        LedgerField.CountUnit => [.. Enum.GetValues<CountUnit>().Select(LedgerTerms.Units.Label)],
        LedgerField.IsKeyProcess => ["是", "否"],
        LedgerField.DigitalBasis => [.. Enum.GetValues<DigitalBasis>().Where(b => b != DigitalBasis.Unstated).Select(LedgerTerms.Bases.Label)],
        _ => [],
    };
}

/// <summary>A field of an asset's form.</summary>
/// <param name="Key">For instance <c>assetNo</c>.</param>
/// <param name="Header">Its header in a ledger file.</param>
/// <param name="Words">The only words that it takes; empty: any text.</param>
public sealed record LedgerFormField(string Key, string Header, bool Required, int LengthMax, bool IsDate, IReadOnlyList<string> Words);
