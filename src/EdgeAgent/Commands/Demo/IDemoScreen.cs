namespace EdgeAgent.Commands.Demo;

/// <summary>Where the demo shows how it is getting on.</summary>
internal interface IDemoScreen
{
    /// <summary>How often a new moment is worth showing.</summary>
    TimeSpan Every { get; }

    void Show(DemoMoment moment);

    /// <summary>Leaves the last moment standing.</summary>
    void Close();
}
