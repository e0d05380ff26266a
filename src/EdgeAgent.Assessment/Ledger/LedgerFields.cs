using System.Globalization;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>The fields of an asset as text, and how those of a file are laid over those of the ledger.</summary>
internal static class LedgerFields
{
    private const string ListSeparator = ";";

    /// <summary>As a ledger file says it; empty where there is nothing.</summary>
    public static string Text(LedgerEntry asset, LedgerField field) => field switch
    {
        LedgerField.AssetNo => asset.AssetNo,
        LedgerField.Name => asset.Name,
        LedgerField.Model => asset.Model,
        LedgerField.Maker => asset.Maker,
        LedgerField.SerialNo => asset.SerialNo,
        LedgerField.Workshop => asset.Workshop,
        LedgerField.Line => asset.Line,
        LedgerField.Process => asset.Process,
        LedgerField.IsKeyProcess => asset.IsKeyProcess ? "是" : "否",
        LedgerField.Category => LedgerTerms.Label(asset.Category),
        LedgerField.CountUnit => LedgerTerms.Units.Label(asset.CountUnit),
        LedgerField.Status => LedgerTerms.Label(asset.Status),
        LedgerField.CommissionDate => Text(asset.CommissionDate),
        LedgerField.RetireDate => Text(asset.RetireDate),
        LedgerField.DigitalBasis => LedgerTerms.Label(asset.DigitalBasis),
        LedgerField.Interface => asset.Interface,
        LedgerField.RetrofitDate => Text(asset.RetrofitDate),
        LedgerField.Evidence => string.Join(ListSeparator, asset.Evidence),
        LedgerField.ChangedBy => asset.ChangedBy,
        LedgerField.ChangedAt => Text(asset.ChangedAt),
        LedgerField.Remark => asset.Remark,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "Not a field of the ledger."),
    };

    /// <summary>The known asset with the fields that the file has a column for; the rest stays as it is.</summary>
    public static LedgerEntry Laid(LedgerEntry known, LedgerEntry fromFile, IReadOnlyList<LedgerField> fields)
    {
        bool Has(LedgerField field) => fields.Contains(field);
        return fromFile with
        {
            Model = Has(LedgerField.Model) ? fromFile.Model : known.Model,
            Maker = Has(LedgerField.Maker) ? fromFile.Maker : known.Maker,
            SerialNo = Has(LedgerField.SerialNo) ? fromFile.SerialNo : known.SerialNo,
            Workshop = Has(LedgerField.Workshop) ? fromFile.Workshop : known.Workshop,
            Line = Has(LedgerField.Line) ? fromFile.Line : known.Line,
            Process = Has(LedgerField.Process) ? fromFile.Process : known.Process,
            IsKeyProcess = Has(LedgerField.IsKeyProcess) ? fromFile.IsKeyProcess : known.IsKeyProcess,
            CountUnit = Has(LedgerField.CountUnit) ? fromFile.CountUnit : known.CountUnit,
            RetireDate = Has(LedgerField.RetireDate) ? fromFile.RetireDate : known.RetireDate,
            DigitalBasis = Has(LedgerField.DigitalBasis) ? fromFile.DigitalBasis : known.DigitalBasis,
            Interface = Has(LedgerField.Interface) ? fromFile.Interface : known.Interface,
            RetrofitDate = Has(LedgerField.RetrofitDate) ? fromFile.RetrofitDate : known.RetrofitDate,
            Evidence = Has(LedgerField.Evidence) ? fromFile.Evidence : known.Evidence,
            Remark = Has(LedgerField.Remark) ? fromFile.Remark : known.Remark,
        };
    }

    /// <summary>What differs between two states of an asset. Who changed it and when is not a fact about the asset.</summary>
    public static IReadOnlyList<FieldChange> Differences(LedgerEntry before, LedgerEntry after) =>
    [
        .. LedgerColumn.All
            .Where(c => c.Field is not (LedgerField.ChangedBy or LedgerField.ChangedAt))
            .Select(c => new FieldChange(c.Header, Text(before, c.Field), Text(after, c.Field)))
            .Where(c => c.Before != c.After),
    ];

    private static string Text(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
