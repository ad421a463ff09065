namespace Lading.Registry;

/// <summary>Who can reach an address.</summary>
internal enum NetworkKind
{
    /// <summary>Everybody; also every host name, whatever it resolves to.</summary>
    Public,

    /// <summary>Those on the same private network (RFC 1918, RFC 4193, RFC 6598).</summary>
    Private,

    /// <summary>This machine.</summary>
    Loopback,

    /// <summary>Only hosts on the link (RFC 3927): in clouds, the service that gives credentials to machines.</summary>
    LinkLocal,
}
