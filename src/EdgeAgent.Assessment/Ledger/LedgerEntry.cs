namespace EdgeAgent.Assessment.Ledger;

/// <summary>One asset of the device ledger (设备台账).</summary>
/// <param name="Row">Row of the file it came from, as a spreadsheet numbers it; the header is row 1.</param>
/// <param name="AssetNo">Unique in the ledger, letter case aside; what an agent's device is bound to.</param>
/// <param name="CommissionDate">First day on which the asset is in service, by the calendar of Asia/Shanghai.</param>
/// <param name="RetireDate">First day on which it is not any more.</param>
/// <param name="RetrofitDate">Day from which <paramref name="DigitalBasis"/> holds; null means from the commissioning.</param>
/// <param name="Evidence">File names, contract or invoice numbers, hashes.</param>
public sealed record LedgerEntry(
    int Row,
    string AssetNo,
    string Name,
    string Model,
    string Maker,
    string SerialNo,
    string Workshop,
    string Line,
    string Process,
    bool IsKeyProcess,
    AssetCategory Category,
    CountUnit CountUnit,
    AssetStatus Status,
    DateOnly CommissionDate,
    DateOnly? RetireDate,
    DigitalBasis DigitalBasis,
    string Interface,
    DateOnly? RetrofitDate,
    IReadOnlyList<string> Evidence,
    string ChangedBy,
    DateOnly? ChangedAt,
    string Remark);
