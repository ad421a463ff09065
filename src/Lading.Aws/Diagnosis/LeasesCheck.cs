using Lading.Aws.Ssm;
using Lading.Diagnosis;
using Lading.Leases;
using Lading.Processes;

namespace Lading.Aws.Diagnosis;

/// <summary>Whether a lease of a deployment that was killed on this machine still locks a stack.</summary>
internal sealed class LeasesCheck(ExaminedAccount account) : AccountCheck(DoctorCheck.Leases, account), ICleanableCheck
{
    /// <summary>Decides by the leases that were left.</summary>
    /// <param name="left">The stacks with leases of a killed run.</param>
    /// <param name="selector">The options that select the account on a command line.</param>
    public static HealthFinding Decide(IReadOnlyList<string> left, string selector) =>
        left.Count == 0
            ? HealthFinding.Fine("no lease of a killed run")
            : HealthFinding.Warning(
                $"a run that was killed here left its lease of {string.Join(", ", left)}, which keeps others away until it ends",
                $"{DoctorCheck.Command(DoctorCheck.Leases, selector)} --clean"
            );

    /// <summary>Whether a lease belongs to this user's own run on this machine, which has certainly ended.</summary>
    /// <param name="lease">The lease; null if the parameter has none.</param>
    /// <param name="who">The identity of the credentials.</param>
    /// <param name="hasEnded">Whether a process that existed at a given time has ended.</param>
    public static bool IsLeft(Lease? lease, string who, Func<ProcessMark, DateTime, bool> hasEnded) =>
        lease is not null
        && lease.Holder == who
        && lease.Process is { } process
        && ProcessMark.Find($"{process}-") is { } mark
        && hasEnded(mark, lease.Since.UtcDateTime);

    public override async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken) =>
        [
            Decide(
                [.. (await FindAsync(cancellationToken).ConfigureAwait(false)).Select(each => each.Stack)],
                Account.Environment.Selector
            ),
        ];

    public async Task<IReadOnlyList<string>> CleanAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Stack, string Id)> left;
        try
        {
            left = await FindAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LadingException)
        {
            // The check reports why it cannot run.
            return [];
        }

        var removed = new List<string>();
        foreach (var (stack, id) in left)
        {
            if (await Account.Leases.DeleteAsync(stack, id, cancellationToken).ConfigureAwait(false))
            {
                removed.Add($"the lease of {stack} in {Account.Environment.Name}");
            }
        }

        return removed;
    }

    private async Task<IReadOnlyList<(string Stack, string Id)>> FindAsync(CancellationToken cancellationToken)
    {
        var evidence = await Account.ReadAsync(cancellationToken).ConfigureAwait(false);
        var caller = await Account.Session.GetCallerAsync(cancellationToken).ConfigureAwait(false);
        var leases = await Task.WhenAll(
                evidence
                    .Stacks.Where(stack => stack.ParentId is null)
                    .Select(async stack =>
                        (stack.Name, Lease: await ReadAsync(stack.Name, cancellationToken).ConfigureAwait(false))
                    )
            )
            .ConfigureAwait(false);
        return
        [
            .. leases
                .Where(each => IsLeft(each.Lease, caller.Name, (mark, made) => mark.HasEnded(made)))
                .Select(each => (each.Name, each.Lease!.Id)),
        ];
    }

    private async Task<Lease?> ReadAsync(string stack, CancellationToken cancellationToken) =>
        await Account
            .FindAsync(new GetParameter(Lease.ParameterOf(stack), null), cancellationToken)
            .ConfigureAwait(false)
            is { } found
            ? Lease.Find(found.Value)
            : null;
}
