namespace EdgeAgent.Protocols.Hj212;

/// <summary>Commands that bring data (§6.6.5, table 9).</summary>
public static class Hj212Command
{
    public const int RealTime = 2011;
    public const int Day = 2031;
    public const int Minute = 2051;
    public const int Hour = 2061;
}
