namespace EdgeAgent.Collector.Acceptance;

/// <summary>What an acceptance test says of a tag, or of the device.</summary>
public enum AcceptanceVerdict
{
    /// <summary>Everything that was asked for was seen.</summary>
    Accepted,

    /// <summary>Nothing speaks against it, and a person should look at what is remarked.</summary>
    Remarked,

    /// <summary>Something that was asked for was not seen.</summary>
    Refused,
}
