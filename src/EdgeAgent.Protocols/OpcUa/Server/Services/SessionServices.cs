using System.Security.Cryptography;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services.Sessions;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>CreateSession, ActivateSession and CloseSession (OPC 10000-4 §5.6).</summary>
internal static class SessionServices
{
    private const int NonceBytes = 32;

    public static StatusCode? Create(in ServiceCall call)
    {
        UaFault fault = CreateSessionRequest.TryRead(call.Message, out CreateSessionRequest request);
        if (fault != UaFault.None)
        {
            return fault.ToStatus();
        }
        ServerCore core = call.Core;
        ServerChannel channel = call.Channel;
        if (channel.Policy.IsNone && !core.Options.AllowsNone)
        {
            return StatusCodes.BadSecurityPolicyRejected;
        }
        if (core.Sessions.Count >= core.Limits.SessionsMax)
        {
            return StatusCodes.BadTooManySessions;
        }
        if (!channel.Policy.IsNone && (request.ClientCertificate is null || !request.ClientCertificate.AsSpan().StartsWith(channel.Peer!.Der.Span)))
        {
            return StatusCodes.BadCertificateInvalid;
        }
        if (!channel.Policy.IsNone && request.ClientNonce is not { Length: >= NonceBytes })
        {
            return StatusCodes.BadNonceInvalid;
        }
        double timeoutMs = Math.Clamp(
            double.IsFinite(request.TimeoutMs) ? request.TimeoutMs : core.Limits.SessionTimeoutMsMax, core.Limits.SessionTimeoutMsMin, core.Limits.SessionTimeoutMsMax);
        ServerSession session = core.Sessions.Add(request.SessionName ?? "", request.ClientCertificate, TimeSpan.FromMilliseconds(timeoutMs));
        session.Connection = call.Connection;
        session.Nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        new CreateSessionResponse(
            call.Answer(), session.Id, session.Token, timeoutMs, session.Nonce, core.Own?.Der, ServerEndpoints.List(core, request.EndpointUrl),
            SessionSignature.Create(channel.Policy, core.Own, request.ClientCertificate, request.ClientNonce), 0).Write(call.Response);
        return StatusCodes.Good;
    }

    public static StatusCode? Activate(in ServiceCall call)
    {
        UaFault fault = ActivateSessionRequest.TryRead(call.Message, out ActivateSessionRequest request);
        if (fault != UaFault.None)
        {
            return fault.ToStatus();
        }
        ServerCore core = call.Core;
        ServerChannel channel = call.Channel;
        if (!core.Sessions.TryFind(call.Header.AuthenticationToken, out ServerSession? session))
        {
            return StatusCodes.BadSessionIdInvalid;
        }
        // A session moves to another channel of the same application only, and not before it was activated (§5.6.3).
        bool isMoving = session.Connection != call.Connection;
        bool isSameClient = channel.Policy.IsNone || session.ClientCertificate.AsSpan().StartsWith(channel.Peer!.Der.Span);
        if ((isMoving && !session.IsActivated) || !isSameClient)
        {
            return StatusCodes.BadSecureChannelIdInvalid;
        }
        if (!SessionSignature.Verify(channel.Policy, channel.Peer, core.Own?.Der, session.Nonce, request.ClientSignature))
        {
            return StatusCodes.BadApplicationSignatureInvalid;
        }
        StatusCode identified = UserCheck.Identify(core, channel.Policy, session.Nonce, request.UserToken, out string? user);
        if (identified.IsBad)
        {
            return identified;
        }
        if (isMoving && session.User != user)
        {
            return StatusCodes.BadIdentityTokenRejected;
        }
        if (isMoving)
        {
            session.Publishing.Clear();
        }
        session.Connection = call.Connection;
        session.IsActivated = true;
        session.User = user;
        session.LastHeardAt = core.Time.GetTimestamp();
        session.Nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        new ActivateSessionResponse(call.Answer(), session.Nonce).Write(call.Response);
        return StatusCodes.Good;
    }

    public static StatusCode? Close(in ServiceCall call)
    {
        UaFault fault = CloseSessionRequest.TryRead(call.Message, out CloseSessionRequest request);
        if (fault != UaFault.None)
        {
            return fault.ToStatus();
        }
        foreach (WaitingPublish waiting in call.Session.Publishing)
        {
            waiting.Refuse(call.Core, StatusCodes.BadSessionClosed);
        }
        call.Core.Sessions.End(call.Session, request.DeleteSubscriptions);
        new CloseSessionResponse(call.Answer()).Write(call.Response);
        return StatusCodes.Good;
    }
}
