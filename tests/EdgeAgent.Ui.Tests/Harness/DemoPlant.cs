namespace EdgeAgent.Ui.Tests.Harness;

/// <summary>One <c>edgeagent demo</c> that the classes of the collection share.</summary>
public sealed class DemoPlant : IAsyncLifetime
{
    private UiPlant? _plant;

    public UiPlant Plant => _plant ?? throw new InvalidOperationException("The demo was not started.");

    // Fixtures are made for skipped tests too.
    public async Task InitializeAsync() => _plant = TestKit.Partners.Has("chromium") ? await UiPlant.StartDemoAsync() : null;

    public async Task DisposeAsync()
    {
        if (_plant is not null)
        {
            await _plant.DisposeAsync();
        }
    }
}

[CollectionDefinition(Name)]
public sealed class DemoCollection : ICollectionFixture<DemoPlant>
{
    public const string Name = "demo";
}
