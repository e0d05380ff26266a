using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.Web.Access;

/// <summary>Where a request comes from.</summary>
internal static class ClientAddress
{
    private const string Forwarded = "X-Forwarded-For";

    /// <summary>Whether it comes from this machine, and not through a proxy on it.</summary>
    public static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from) && !context.Request.Headers.ContainsKey(Forwarded) && !context.Request.Headers.ContainsKey("Forwarded");

    /// <summary>The other side's address. A proxy on this machine is believed, since nobody else can come from here; one elsewhere is not.</summary>
    public static IPAddress Of(HttpContext context)
    {
        IPAddress direct = context.Connection.RemoteIpAddress ?? IPAddress.None;
        string? last = context.Request.Headers[Forwarded].LastOrDefault()?.Split(',')[^1].Trim();
        IPAddress address = IPAddress.IsLoopback(direct) && IPAddress.TryParse(last, out IPAddress? client) ? client : direct;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    /// <summary>Whether the browser speaks HTTPS, to us or to a proxy on this machine.</summary>
    public static bool IsHttps(HttpContext context) =>
        context.Request.IsHttps || (context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from) && context.Request.Headers["X-Forwarded-Proto"] == "https");

    /// <summary>What belongs to one client: in IPv6 everybody has a whole /64 to come from.</summary>
    public static string NetworkOf(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes) + "/64";
    }
}
