namespace Lading.Aws;

/// <summary>Caches requests by key: concurrent and later callers get the result of the first request.</summary>
internal sealed class RequestCache<T>
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Task<T>> results = new(StringComparer.Ordinal);

    /// <summary>Returns the result for a key, which the first caller requests.</summary>
    /// <param name="key">Identifies the request.</param>
    /// <param name="send">Sends the request.</param>
    /// <param name="cancellationToken">Cancels the wait of this caller only.</param>
    public Task<T> GetAsync(string key, Func<Task<T>> send, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!results.TryGetValue(key, out var result))
            {
                results[key] = result = send();
            }

            return result.WaitAsync(cancellationToken);
        }
    }
}
