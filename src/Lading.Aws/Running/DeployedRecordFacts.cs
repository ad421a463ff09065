using Lading.Records;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>
/// Reads the records of a session's account, for verbs that only need to know which images were rolled back.
/// </summary>
/// <param name="session">The account and region.</param>
internal sealed class DeployedRecordFacts(AwsSession session)
{
    /// <summary>The time limit for SSM. A check must not wait for a service that the network blocks.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Reads the records; a failure is part of the result.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled it.</exception>
    public async Task<DeployedRecords> ReadAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Patience, session.Schedule.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var caller = await session.GetCallerAsync(either.Token).ConfigureAwait(false);
            if (caller.Account != session.Settings.Account)
            {
                return Unread($"{caller.Arn} is not of account {session.Settings.Account}");
            }

            using var facts = new FactGathering(session, session.Schedule.Time);
            var records = await new RecordFacts(facts).ReadAsync(_ => true, either.Token).ConfigureAwait(false);
            return new DeployedRecords(
                records.ToDictionary(each => each.Stack, each => each.Record, StringComparer.Ordinal),
                facts.Unread is [UnreadFact first, ..] ? first.Reason : null
            );
        }
        catch (LadingException e)
        {
            return Unread(e.CameBack);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unread($"SSM did not answer within {Patience.TotalSeconds} s");
        }
    }

    private static DeployedRecords Unread(string reason) => DeployedRecords.None with { Unread = reason };
}
