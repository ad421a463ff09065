namespace Lading.Tests.Retention.Model;

/// <summary>How often each event happened, over all histories.</summary>
internal sealed class ModelTally
{
    private readonly long[] times = new long[Events.Count];

    /// <summary>All counted events, with their names in the plural.</summary>
    public static IReadOnlyList<(ModelEvent Event, string Name)> Events { get; } =
    [
        (ModelEvent.Build, "images built and published"),
        (ModelEvent.BuildOfIndex, "of them indexes of two platforms"),
        (ModelEvent.Promotion, "promotions begun"),
        (ModelEvent.Lock, "locks written by a publish or a promotion"),
        (ModelEvent.Adoption, "marked or archived images adopted"),
        (ModelEvent.AdoptionDuringCleanUp, "of them while a clean-up was under way"),
        (ModelEvent.ChangeSet, "change sets that waited for approval"),
        (ModelEvent.Deployment, "releases"),
        (ModelEvent.FailedUpdate, "failed updates"),
        (ModelEvent.Rollback, "rollbacks to an earlier release"),
        (ModelEvent.HandEdit, "services changed by hand"),
        (ModelEvent.FunctionChange, "versions of functions published or deleted"),
        (ModelEvent.ScheduleChange, "schedules made or removed"),
        (ModelEvent.JobChange, "jobs submitted or done"),
        (ModelEvent.Pin, "locks committed or dropped"),
        (ModelEvent.HoldBack, "images held back or let go on"),
        (ModelEvent.Invitation, "accounts let in by the policy of a registry"),
        (ModelEvent.DeploymentOfOthers, "deployments of images that they do not publish"),
        (ModelEvent.BranchDeletion, "branches deleted"),
        (ModelEvent.BranchReset, "branches set back to an earlier image"),
        (ModelEvent.HandTag, "tags put by hand"),
        (ModelEvent.ForeignPush, "images pushed without Lading"),
        (ModelEvent.TagRemoval, "source tags removed by hand"),
        (ModelEvent.Pull, "pulls by somebody unseen"),
        (ModelEvent.Referrer, "signatures and statements"),
        (ModelEvent.Archiving, "images archived"),
        (ModelEvent.KeepByName, "images kept by `lading keep`"),
        (ModelEvent.FailedCall, "calls that failed"),
        (ModelEvent.Plan, "plans of clean-up"),
        (ModelEvent.Batch, "batches, each after reading again"),
        (ModelEvent.Mark, "images marked"),
        (ModelEvent.KeptAgain, "marks outranked since their image came into use"),
        (ModelEvent.Deletion, "images deleted"),
        (ModelEvent.DeletionOfIndex, "of them indexes"),
        (ModelEvent.DeletionOfReferrer, "of them signatures and statements"),
    ];

    /// <summary>The events that never happened.</summary>
    public IEnumerable<ModelEvent> Missing => Events.Select(each => each.Event).Where(each => this[each] == 0);

    public long this[ModelEvent happened] => times[(int)happened];

    public void Count(ModelEvent happened) => times[(int)happened]++;

    public void Add(ModelTally other)
    {
        for (var i = 0; i < times.Length; i++)
        {
            times[i] += other.times[i];
        }
    }
}
