using System.Net;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Web.Access;

namespace EdgeAgent.Tests.Web.Access;

public sealed class AnonymousTests
{
    [Theory]
    [InlineData(AnonymousAccess.None)]
    [InlineData(AnonymousAccess.State)]
    public async Task A_wall_display_sees_the_state_and_nothing_else(AnonymousAccess anonymous)
    {
        await using AccessServer server = await AccessServer.StartAsync(anonymous: anonymous, withAdmin: false);
        AccessBrowser wall = server.NewBrowser();
        foreach (AccessPermission permission in Enum.GetValues<AccessPermission>())
        {
            bool open = permission == AccessPermission.Anyone || (permission == AccessPermission.ReadState && anonymous == AnonymousAccess.State);
            Assert.Equal(open ? HttpStatusCode.NoContent : HttpStatusCode.Unauthorized, (await wall.GetAsync($"/api/probe/{permission}")).StatusCode);
        }
    }
}
