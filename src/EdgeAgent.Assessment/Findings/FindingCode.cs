using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Assessment.Findings;

/// <summary>What is suspicious or contradictory in the data or the ledger. Written in capitals, for instance <c>IDENTICAL_SERIES</c>.</summary>
[JsonConverter(typeof(FindingCodeConverter))]
public enum FindingCode
{
    /// <summary>数据不变: good readings, and no value ever changed.</summary>
    FrozenValues,
    /// <summary>一址多机: one physical address is bound to several assets at the same time.</summary>
    SharedAddress,
    /// <summary>曲线相同: the values of two assets go through the same course.</summary>
    IdenticalSeries,
    /// <summary>时钟偏差: source times differ from the hub's clock.</summary>
    ClockOffset,
    /// <summary>突击联网: data came only in the last days before the report.</summary>
    InspectionDayOnly,
    /// <summary>台账缩减: assets left the denominator since the baseline.</summary>
    ShrinkingDenominator,
    /// <summary>模拟数据: readings of a simulator or of a replay.</summary>
    SimulatedSource,
    /// <summary>导入或人工数据: readings that came from a file or were typed in.</summary>
    ImportedSource,
    /// <summary>序号缺口: batches of an agent's chain are missing at the hub.</summary>
    SequenceGap,
    /// <summary>缓存丢弃: an agent declared readings as given up.</summary>
    DeclaredLoss,
    /// <summary>未入台账: a source that no asset of the ledger claims.</summary>
    UnledgeredSource,
    /// <summary>旧设备充新: counted as newly networked although the baseline has it as networked.</summary>
    NetworkedBefore,
    /// <summary>账实不符: readings of an asset that is retired, sealed or otherwise excluded.</summary>
    ExcludedSends,
    /// <summary>联网不属数字化: networked, and nothing shows that it is digital.</summary>
    NetworkedNotDigital,
    /// <summary>账不平: hourly accounts whose equations do not hold.</summary>
    UnbalancedAccounts,
    /// <summary>停机申报超限: declared stops take more of the window than the rules allow, or were declared afterwards.</summary>
    StopsNotAccepted,
    /// <summary>一址两网: the same address at two agents, bound to different assets.</summary>
    AddressAtTwoAgents,
}

/// <summary>Writes finding codes as <c>CLOCK_OFFSET</c>.</summary>
public sealed class FindingCodeConverter() : JsonStringEnumConverter<FindingCode>(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false);

/// <summary>The names of finding codes.</summary>
public static class FindingCodes
{
    /// <summary>For instance <c>CLOCK_OFFSET</c>.</summary>
    public static string Text(this FindingCode code) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(code.ToString());

    /// <summary>The Chinese term, for forms and tables.</summary>
    public static string Label(this FindingCode code) => code switch
    {
        FindingCode.FrozenValues => "数据不变",
        FindingCode.SharedAddress => "一址多机",
        FindingCode.IdenticalSeries => "曲线相同",
        FindingCode.ClockOffset => "时钟偏差",
        FindingCode.InspectionDayOnly => "突击联网",
        FindingCode.ShrinkingDenominator => "台账缩减",
        FindingCode.SimulatedSource => "模拟数据",
        FindingCode.ImportedSource => "导入或人工数据",
        FindingCode.SequenceGap => "序号缺口",
        FindingCode.DeclaredLoss => "缓存丢弃",
        FindingCode.UnledgeredSource => "未入台账",
        FindingCode.NetworkedBefore => "旧设备充新",
        FindingCode.ExcludedSends => "账实不符",
        FindingCode.NetworkedNotDigital => "联网不属数字化",
        FindingCode.UnbalancedAccounts => "账不平",
        FindingCode.StopsNotAccepted => "停机申报超限",
        _ => "一址两网",
    };
}
