using System.Net.Http.Headers;

namespace Lading.Registry.Transport;

/// <summary>A token of a registry's token service.</summary>
/// <param name="Header">What is sent.</param>
/// <param name="Scope">What was asked for with it.</param>
/// <param name="Arrived">When it came, by the monotonic clock.</param>
/// <param name="Life">How long it lasts from then.</param>
internal sealed record Token(AuthenticationHeaderValue Header, ScopeSet Scope, long Arrived, TimeSpan Life)
{
    /// <summary>Says nothing of itself: it may come into a message.</summary>
    public override string ToString() => "token";
}
