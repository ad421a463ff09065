using System.Collections.Concurrent;

namespace Lading.Testing;

/// <summary>Records the actions that the requests sent through it need, as policies name them.</summary>
internal sealed class RecordedActions(HttpMessageHandler next) : DelegatingHandler(next)
{
    private readonly ConcurrentDictionary<string, bool> actions = new(StringComparer.Ordinal);

    /// <summary>Each once, in byte order.</summary>
    public IEnumerable<string> All => actions.Keys.Order(StringComparer.Ordinal);

    public void Clear() => actions.Clear();

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        // AmazonEC2ContainerRegistry_V20150921.BatchGetImage; requests without a target are the distribution
        // protocol's, or STS's.
        var needed = request.Headers.TryGetValues("X-Amz-Target", out var target)
            ? [$"ecr:{target.Single().Split('.')[1]}"]
            : DocumentedPolicies.ActionsOf(request.Method.Method, request.RequestUri!.AbsolutePath);
        foreach (var action in needed)
        {
            actions[action] = true;
        }

        return base.SendAsync(request, cancellationToken);
    }
}
