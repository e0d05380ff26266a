namespace EdgeAgent.Ui.Tests.Harness;

/// <summary>How a page is looked at.</summary>
public sealed record UiView
{
    public UiRole Role { get; init; } = UiRole.Admin;

    public UiSize Size { get; init; } = UiSize.Desktop;

    public bool English { get; init; }

    public bool Dark { get; init; }

    /// <summary>Parts of console errors that the test provokes, for instance "401"; any other error fails it.</summary>
    public IReadOnlyList<string> Expected { get; init; } = [];
}
