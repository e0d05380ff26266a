using EdgeAgent.Configuring;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Engineering;

/// <summary>Parts of a configuration that decide who gets in: an engineer who could change them could make himself anything.</summary>
internal static class AdministratorsParts
{
    /// <summary>The web section, the place of accounts and audit log, and the site that tokens are for.</summary>
    /// <exception cref="ApiProblem">The change touches one of them, and whoever asks is no administrator.</exception>
    public static void ThrowUnlessMayChange(Caller caller, LoadedConfig before, LoadedConfig after)
    {
        // What has errors is refused for those, and a file that is broken today tells nothing to compare with.
        if (caller.Role == AccessRole.Admin || after.Config is not { } wanted || after.Errors.Any)
        {
            return;
        }

        if (before.Config is not { } running || ConfigDiff.Between(running, wanted) is { Web: true } or { Site: true }
            || Path.GetFullPath(WebDirectory.Of(running)) != Path.GetFullPath(WebDirectory.Of(wanted)))
        {
            throw new ApiProblem(StatusCodes.Status403Forbidden, new(
                "此修改涉及 web 部分、站点名或账号所在的数据目录，只有管理员可以应用。",
                "This changes the web section, the site, or the data directory in which the accounts lie: only an administrator may apply it.")) { Code = "administrators-part" };
        }
    }
}
