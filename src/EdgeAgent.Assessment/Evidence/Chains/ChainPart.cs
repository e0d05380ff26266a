using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Evidence.Chains;

/// <summary>What one batch file holds: a stretch of one chain, added up.</summary>
internal sealed class ChainPart(string file)
{
    public string File { get; } = file;

    public AgentKey Agent { get; set; }

    public Guid Incarnation { get; set; }

    public long First { get; set; }

    public long Last { get; set; }

    public long Batches { get; set; }

    /// <summary>Hash that the first batch names as its predecessor's.</summary>
    public byte[] FirstPrevious { get; set; } = [];

    public byte[] LastHash { get; set; } = [];

    /// <summary>Ranges of sequences that are not there between First and Last.</summary>
    public List<SequenceRange> Missing { get; } = [];

    /// <summary>Definitions that the batches name, by index.</summary>
    public List<string> Definitions { get; } = [];

    public Dictionary<SourceHour, ScanAccount> Sums { get; } = [];

    public Dictionary<(int Definition, int DeviceId), LowestRanks> Samples { get; } = [];

    public List<DeclaredLoss> Losses { get; } = [];

    /// <summary>SHA-256 of the whole file.</summary>
    public string Sha256 { get; set; } = "";

    public List<PackProblem> Problems { get; } = [];
}
