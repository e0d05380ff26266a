namespace EdgeAgent.Ui.Tests.Harness;

/// <summary>The two windows that every page has to work in.</summary>
public sealed record UiSize(string Name, int Width, int Height, bool Touch = false)
{
    public static UiSize Desktop { get; } = new("1920x1080", 1920, 1080);

    public static UiSize Phone { get; } = new("390x844", 390, 844, Touch: true);

    public static UiSize Of(string name) => name == Phone.Name ? Phone : Desktop;

    public override string ToString() => Name;
}
