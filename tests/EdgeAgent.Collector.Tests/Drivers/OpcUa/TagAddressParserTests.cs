using EdgeAgent.Collector.Drivers.OpcUa.Addresses;
using EdgeAgent.Protocols.OpcUa;

namespace EdgeAgent.Collector.Tests.Drivers.OpcUa;

public sealed class TagAddressParserTests
{
    private static readonly Dictionary<string, string> s_namespaces = new() { ["m"] = "urn:maker" };

    [Theory]
    [InlineData("ns=2;s=Press.Count", "ns=2;s=Press.Count", null)]
    [InlineData("nsu=urn:maker;i=5", "nsu=urn:maker;i=5", null)]
    [InlineData("i=2258[3]", "i=2258", "3")]
    [InlineData("ns=3;s=\"Data\".\"Zones\"[2]", "ns=3;s=\"Data\".\"Zones\"[2]", null)]
    [InlineData("ns=3;s=\"Data\".\"Zones\" [2]", "ns=3;s=\"Data\".\"Zones\"", "2")]
    [InlineData("ns=3;s=Zones [0:4]", "ns=3;s=Zones", "0:4")]
    [InlineData("ns=3;s=Matrix [1,0:2]", "ns=3;s=Matrix", "1,0:2")]
    public void Node_ids_and_places_in_arrays_are_told_apart(string text, string id, string? range)
    {
        Assert.True(TagAddressParser.TryParse(text, "", s_namespaces, out TagAddress address, out string problem), problem);
        Assert.True(ExpandedNodeId.TryParse(id, out ExpandedNodeId expected));
        Assert.Equal(expected, address.NodeId);
        Assert.Equal(range, address.IndexRange);
    }

    [Fact]
    public void A_path_has_names_in_namespaces_by_number_or_by_short_name()
    {
        Assert.True(TagAddressParser.TryParse("/2:Drive/m:Speed&/Set [1]", "/Objects", s_namespaces, out TagAddress address, out _));
        Assert.Equal([new PathElement(0, null, "Objects"), new PathElement(2, null, "Drive"), new PathElement(0, "urn:maker", "Speed/Set")], address.Path!);
        Assert.Equal("1", address.IndexRange);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Press.Count")]
    [InlineData("ns=2")]
    [InlineData("/Objects//X")]
    [InlineData("/Objects/q:X")]
    [InlineData("i=5[x]")]
    [InlineData("i=5[4:2]")]
    public void What_is_no_address_is_told(string text)
    {
        Assert.False(TagAddressParser.TryParse(text, "", s_namespaces, out _, out string problem));
        Assert.NotEmpty(problem);
    }
}
