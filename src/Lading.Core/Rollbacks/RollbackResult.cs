using Lading.Running.Evidence;

namespace Lading.Rollbacks;

/// <summary>What a rollback came to.</summary>
internal abstract record RollbackResult
{
    /// <summary>Whether it did what was asked for.</summary>
    public abstract FailureKind Kind { get; }

    /// <summary>It was not agreed to: nothing was changed.</summary>
    internal sealed record Declined : RollbackResult
    {
        public override FailureKind Kind => FailureKind.None;
    }

    /// <summary>Nothing was to be changed, or something keeps the plan from being carried out.</summary>
    internal sealed record Planned(RollbackPlan Plan) : RollbackResult
    {
        public override FailureKind Kind => Plan.Obstacles.Count > 0 ? FailureKind.CheckFailed : FailureKind.None;
    }

    /// <summary>The update that was under way was cancelled.</summary>
    /// <param name="Evidence">What was known before.</param>
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
