using EdgeAgent.Protocols.OpcUa;

namespace EdgeAgent.Protocols.Tests.OpcUa.Types;

public sealed class NodeIdTextTests
{
    public static TheoryData<string, NodeId> Ids => new()
    {
        { "i=2258", new NodeId(2258) },
        { "ns=2;s=Press.Count", new NodeId(2, "Press.Count") },
        { "ns=3;s=\"DB 1\".\"a;b=c\"", new NodeId(3, "\"DB 1\".\"a;b=c\"") },
        { "ns=65535;i=4294967295", new NodeId(65535, uint.MaxValue) },
        { "ns=1;g=72962b91-fa75-4ae6-8d28-b404dc7daf63", new NodeId(1, new Guid("72962b91-fa75-4ae6-8d28-b404dc7daf63")) },
        { "ns=1;b=M/RbKBsRVkePCePcx24oRA==", new NodeId(1, Convert.FromBase64String("M/RbKBsRVkePCePcx24oRA==")) },
    };

    [Theory]
    [MemberData(nameof(Ids))]
    public void Reads_and_writes_every_kind(string text, NodeId expected)
    {
        Assert.True(NodeId.TryParse(text, out NodeId id));
        Assert.Equal(expected, id);
        Assert.Equal(text, id.ToString());
        Assert.Equal(expected.GetHashCode(), id.GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("2258")]
    [InlineData("i=")]
    [InlineData("i=-1")]
    [InlineData("i=4294967296")]
    [InlineData("ns=65536;i=1")]
    [InlineData("ns=x;i=1")]
    [InlineData("ns=1;")]
    [InlineData("ns=1;g=12")]
    [InlineData("ns=1;b=***")]
    [InlineData("x=1")]
    [InlineData("nsu=;i=1")]
    [InlineData("nsu=http://a;i=1")]
    public void Refuses_what_is_no_node_id(string? text) => Assert.False(NodeId.TryParse(text, out _));

    [Fact]
    public void A_namespace_may_be_named_by_uri()
    {
        const string text = "svr=3;nsu=http://example.org/a%3Bb%25;s=Count";
        Assert.True(ExpandedNodeId.TryParse(text, out ExpandedNodeId id));
        Assert.Equal(new ExpandedNodeId(new NodeId(0, "Count"), "http://example.org/a;b%", 3), id);
        Assert.Equal(text, id.ToString());
    }

    [Fact]
    public void A_uri_is_looked_up_among_the_namespaces_of_the_server()
    {
        string[] namespaces = ["http://opcfoundation.org/UA/", "urn:server", "http://example.org/press"];
        Assert.True(ExpandedNodeId.TryParse("nsu=http://example.org/press;s=Count", out ExpandedNodeId id));
        Assert.True(id.TryResolve(namespaces, out NodeId resolved));
        Assert.Equal(new NodeId(2, "Count"), resolved);
        Assert.False(id.TryResolve(namespaces[..2], out _));
        Assert.True(new ExpandedNodeId(new NodeId(5, 1)).TryResolve(namespaces, out resolved));
        Assert.Equal(new NodeId(5, 1), resolved);
        Assert.False(new ExpandedNodeId(new NodeId(5, 1), null, 1).TryResolve(namespaces, out _));
    }
}
