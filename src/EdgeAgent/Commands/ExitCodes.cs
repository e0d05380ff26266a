namespace EdgeAgent.Commands;

/// <summary>The program's exit codes; scripts and service managers rely on them.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    /// <summary>Bad usage, or a configuration with errors.</summary>
    public const int BadUsage = 2;
    /// <summary>The thing that was to be checked does not hold.</summary>
    public const int DoesNotHold = 3;
}
