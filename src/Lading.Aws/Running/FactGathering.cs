using System.Collections.Concurrent;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>Reads facts from AWS with limited concurrency; a failed request is recorded as unread instead.</summary>
/// <param name="session">The account and region.</param>
/// <param name="time">The clock, for the times of facts.</param>
internal sealed class FactGathering(AwsSession session, TimeProvider time) : IDisposable
{
    // AWS throttles calls on a resource with a token bucket of 50 (Amazon ECS API reference, "Request throttling").
    private const int Parallelism = 24;

    private readonly SemaphoreSlim slots = new(Parallelism, Parallelism);
    private readonly ConcurrentQueue<UnreadFact> unread = [];

    public AwsSession Session => session;

    public DateTimeOffset Now => time.GetUtcNow();

    public IReadOnlyList<UnreadFact> Unread => [.. unread];

    /// <summary>
    /// The result of an operation; null if the object does not exist, or the operation failed, which is recorded.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="subject">Its subject; empty for everything.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <param name="resources">What stays unknown if it fails; omitted for the whole subject.</param>
    public async Task<T?> FindAsync<T>(
        IAwsOperation<T> operation,
        string subject,
        CancellationToken cancellationToken,
        IReadOnlyList<string>? resources = null
    )
    {
        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await session.ReadAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsException)
        {
            // An expected error: the object does not exist.
            return default;
        }
        catch (LadingException e)
        {
            Note(operation, subject, e, resources);
            return default;
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>
    /// All pages of a listing. If a page fails, the ones before it are returned, and the failure is recorded.
    /// </summary>
    public Task<List<T>> ListAsync<T>(
        Func<string?, IAwsOperation<AwsPage<T>>> operationFor,
        string subject,
        CancellationToken cancellationToken
    ) => AwsPages.ListAsync<T>(next => FindAsync(operationFor(next), subject, cancellationToken));

    /// <summary>Requests many names in batches. The failures in a response are recorded.</summary>
    /// <param name="names">The names.</param>
    /// <param name="most">The maximum in one call.</param>
    /// <param name="operationFor">Creates the operation for a batch of names.</param>
    /// <param name="subject">The subject of all of them; empty for everything.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <param name="isNotedByName">Whether a failed call leaves its names unknown, rather than the whole subject.</param>
    /// <param name="mayBeMissing">Whether a missing object is expected, and not recorded.</param>
    public async Task<AwsBatch<T>> BatchAsync<T>(
        IEnumerable<string> names,
        int most,
        Func<IReadOnlyList<string>, IAwsOperation<AwsBatch<T>>> operationFor,
        string subject,
        CancellationToken cancellationToken,
        bool isNotedByName = true,
        bool mayBeMissing = false
    )
    {
        var answers = await Task.WhenAll(names.Chunk(most).Select(AskAsync)).ConfigureAwait(false);
        return new AwsBatch<T>(
            [.. answers.SelectMany(answer => answer?.Items ?? [])],
            [.. answers.SelectMany(answer => answer?.Failures ?? [])]
        );

        async Task<AwsBatch<T>?> AskAsync(string[] chunk)
        {
            var operation = operationFor(chunk);
            var answer = await FindAsync(operation, subject, cancellationToken, isNotedByName ? chunk : null)
                .ConfigureAwait(false);
            foreach (var failure in answer?.Failures ?? [])
            {
                if (!failure.IsMissing || !mayBeMissing)
                {
                    var action = $"{operation.Service.Name}:{operation.Name}";
                    Note(action, subject, $"{action}: {failure}", [failure.Arn]);
                }
            }

            return answer;
        }
    }

    /// <summary>Records the failures in a response.</summary>
    public void Note(string action, string subject, string reason, IReadOnlyList<string> resources) =>
        unread.Enqueue(new UnreadFact(new FactOrigin(action, subject, Now), reason, "", resources));

    public void Dispose() => slots.Dispose();

    /// <summary>Records a failed request.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="subject">Its subject; empty for everything.</param>
    /// <param name="failure">The failure.</param>
    /// <param name="resources">What stays unknown; omitted for the whole subject.</param>
    public void Note<T>(
        IAwsOperation<T> operation,
        string subject,
        LadingException failure,
        IReadOnlyList<string>? resources = null
    )
    {
        var action = $"{operation.Service.Name}:{operation.Name}";
        var isDenied = AwsException.IsDenial(failure);
        var reason = isDenied
            ? $"no access to {action} in {session.Settings.Account}"
            : $"{action}: {failure.CameBack}";
        unread.Enqueue(
            new UnreadFact(new FactOrigin(action, subject, Now), reason, failure.Remedy, resources ?? [])
            {
                IsDenied = isDenied,
            }
        );
    }
}
