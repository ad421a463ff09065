using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>The result of a request to roll back.</summary>
internal abstract record RollbackResult
{
    /// <summary>The kind of failure; none if the request was carried out.</summary>
    public abstract FailureKind Kind { get; }

    /// <summary>The user declined: nothing was changed.</summary>
    internal sealed record Declined : RollbackResult
    {
        public override FailureKind Kind => FailureKind.None;
    }

    /// <summary>Only a plan was requested, or it has obstacles.</summary>
    internal sealed record Planned(RollbackPlan Plan) : RollbackResult
    {
        public override FailureKind Kind => Plan.Obstacles.Count > 0 ? FailureKind.CheckFailed : FailureKind.None;
    }

    /// <summary>The update in progress was cancelled.</summary>
    /// <param name="Evidence">The evidence before.</param>
    /// <param name="Stack">The stack afterwards.</param>
    internal sealed record Cancelled(RollbackEvidence Evidence, StackEvidence Stack) : RollbackResult
    {
        public override FailureKind Kind => Stack.IsRolledBack ? FailureKind.None : FailureKind.Failed;
    }

    /// <summary>The plan was carried out.</summary>
    internal sealed record Deployed(RollbackOutcome Outcome) : RollbackResult
    {
        public override FailureKind Kind =>
            Outcome.State switch
            {
                RollbackState.Back => FailureKind.None,
                RollbackState.NotRunning => FailureKind.CheckFailed,
                _ => FailureKind.Failed,
            };
    }
}
