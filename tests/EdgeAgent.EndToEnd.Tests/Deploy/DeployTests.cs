namespace EdgeAgent.EndToEnd.Tests.Deploy;

/// <summary>Tests that need the published program; one after the other, because they share it.</summary>
[CollectionDefinition(Name)]
public sealed class DeployTests : ICollectionFixture<PublishedProgram>
{
    public const string Name = "published program";
}
