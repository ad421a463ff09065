using System.Collections.Concurrent;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>Asks AWS for facts, so many at once; a question that fails leaves a note of what is unknown instead.</summary>
/// <param name="session">The account and region.</param>
/// <param name="time">The clock that facts are dated by.</param>
internal sealed class FactGathering(AwsSession session, TimeProvider time) : IDisposable
{
    // AWS bounds calls on one resource by a bucket of 50 (Amazon ECS API reference, "Request throttling").
    private const int AtOnce = 24;

    private readonly SemaphoreSlim slots = new(AtOnce, AtOnce);
    private readonly ConcurrentQueue<UnreadFact> unread = [];

    public AwsSession Session => session;

    public DateTimeOffset Now => time.GetUtcNow();

    public IReadOnlyList<UnreadFact> Unread => [.. unread];

    /// <summary>One answer; null if there is none, which is noted.</summary>
    /// <param name="operation">The question.</param>
    /// <param name="subject">What it is about; empty for everything.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="resources">What stays unknown if it fails; left out for all of the subject.</param>
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
            // What the operation expects: there is no such thing.
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

    /// <summary>All pages of a listing; those before a page that fails, which is noted.</summary>
    public Task<List<T>> ListAsync<T>(
        Func<string?, IAwsOperation<AwsPage<T>>> ask,
        string subject,
        CancellationToken cancellationToken
    ) => AwsPages.ListAsync<T>(next => FindAsync(ask(next), subject, cancellationToken));

    /// <summary>Many names in calls of so many. What an answer says it has no answer to is noted.</summary>
    /// <param name="names">What is asked about.</param>
    /// <param name="most">How many a call takes.</param>
    /// <param name="ask">The question.</param>
    /// <param name="subject">What all of it is about; empty for all that there is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="isNotedByName">Whether a call that fails leaves its names unknown, and not all of the subject.</param>
    /// <param name="mayBeMissing">Whether it is an answer that something is not there, which is not noted then.</param>
    public async Task<AwsBatch<T>> BatchAsync<T>(
        IEnumerable<string> names,
        int most,
        Func<IReadOnlyList<string>, IAwsOperation<AwsBatch<T>>> ask,
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
            var operation = ask(chunk);
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

    /// <summary>Notes what an answer said it could not tell.</summary>
    public void Note(string action, string subject, string reason, IReadOnlyList<string> resources) =>
        unread.Enqueue(new UnreadFact(new FactOrigin(action, subject, Now), reason, "", resources));

    public void Dispose() => slots.Dispose();

    /// <summary>Notes what a question came back with.</summary>
    /// <param name="operation">The question.</param>
    /// <param name="subject">What it was about; empty for everything.</param>
    /// <param name="failure">What came back.</param>
    /// <param name="resources">What stays unknown; left out for all of the subject.</param>
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
