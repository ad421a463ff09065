namespace Lading.Registry;

/// <summary>The reach of a network address.</summary>
internal enum NetworkKind
{
    /// <summary>The internet; also every host name, whatever it resolves to.</summary>
    Public,

    /// <summary>A private network (RFC 1918, RFC 4193, RFC 6598).</summary>
    Private,

    /// <summary>This machine alone.</summary>
    Loopback,

    /// <summary>
    /// The local link (RFC 3927): in clouds, the instance metadata service, which provides credentials.
    /// </summary>
    LinkLocal,
}
