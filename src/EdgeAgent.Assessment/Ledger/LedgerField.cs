namespace EdgeAgent.Assessment.Ledger;

/// <summary>The fields of a <see cref="LedgerEntry"/> that a file can carry.</summary>
internal enum LedgerField
{
    AssetNo,
    Name,
    Model,
    Maker,
    SerialNo,
    Workshop,
    Line,
    Process,
    IsKeyProcess,
    Category,
    CountUnit,
    Status,
    CommissionDate,
    RetireDate,
    DigitalBasis,
    Interface,
    RetrofitDate,
    Evidence,
    ChangedBy,
    ChangedAt,
    Remark,
}
