using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>Lets in the users of a list, by password or by client certificate, and anonymous clients if told so.</summary>
public sealed class MqttUserList : IMqttAuthenticator
{
    // Verified against when the user is unknown, so that the answer takes as long as for a known one.
    private static readonly string NobodysHash = MqttPasswordHash.Create([0]);

    private readonly Dictionary<string, MqttUser> _users;
    private readonly bool _allowAnonymous;

    public MqttUserList(IEnumerable<MqttUser> users, bool allowAnonymous)
    {
        _users = users.ToDictionary(u => u.Name, StringComparer.Ordinal);
        _allowAnonymous = allowAnonymous;
    }

    public ValueTask<MqttAccess> AuthenticateAsync(MqttLogin login, CancellationToken cancellationToken) => new(Decide(login));

    private MqttAccess Decide(MqttLogin login)
    {
        if (login.User == null)
        {
            return login.Peer.Certificate != null && FindByCertificate(login.Peer.Certificate) is { } owner
                ? Grant(owner, login)
                : _allowAnonymous ? MqttAccess.Grant(MqttTopicRules.Everything) : MqttAccess.Refuse(MqttReason.NotAuthorized);
        }
        bool known = _users.TryGetValue(login.User, out MqttUser? user);
        if (known && user!.PasswordHash == null)
        {
            bool owns = login.Peer.Certificate is { } certificate && FindByCertificate(certificate) == user;
            return owns ? Grant(user, login) : MqttAccess.Refuse(MqttReason.BadUserNameOrPassword);
        }
        bool matches = MqttPasswordHash.Verify(user?.PasswordHash ?? NobodysHash, (login.Password ?? default).Span);
        return known && matches ? Grant(user!, login) : MqttAccess.Refuse(MqttReason.BadUserNameOrPassword);
    }

    private MqttUser? FindByCertificate(X509Certificate2 certificate) =>
        _users.GetValueOrDefault(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));

    private static MqttAccess Grant(MqttUser user, MqttLogin login) =>
        MqttAccess.Grant(MqttTopicRules.For(user.Publish, user.Subscribe, user.Name, login.ClientId));
}
