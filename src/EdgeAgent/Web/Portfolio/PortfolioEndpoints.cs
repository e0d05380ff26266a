using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Portfolio;

/// <summary>The provider's part of the API.</summary>
internal static class PortfolioEndpoints
{
    /// <remarks>Not for viewers and assessors: they belong to one enterprise, and this shows them all.</remarks>
    public static void MapPortfolio(this ApiBuilder api, PortfolioDesk desk)
    {
        api.Get("/api/portfolio", AccessPermission.ReadPortfolio, "All enterprises of the hub with rates, score, level, agents and reasons for attention; whoever needs it most first",
                async (context, _) => await context.WriteJsonAsync(await desk.ReadAsync(context.RequestAborted), PortfolioPagesJson.Default.PortfolioView))
            .Gives(PortfolioPagesJson.Default.PortfolioView, "The roll-up, at most a minute old");
        api.Get("/api/portfolio/{site}", AccessPermission.ReadPortfolio, "One enterprise: its agents, every machine of its denominator and why it does not count, its findings", async (context, _) =>
                await context.WriteJsonAsync(await desk.ReadSiteAsync(context.Route("site"), context.RequestAborted), PortfolioPagesJson.Default.SiteView))
            .Route("site", "The site's name.").Gives(PortfolioPagesJson.Default.SiteView, "The enterprise").Fails(StatusCodes.Status404NotFound, "The hub has no such site.");
    }
}
