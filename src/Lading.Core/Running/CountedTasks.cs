using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>Decides the state of a service without a deployment in progress, from the digests of its tasks.</summary>
internal static class CountedTasks
{
    public static Verdict Decide(
        ServiceEvidence service,
        Pin pin,
        IReadOnlyList<RunningDigest> running,
        string named,
        List<TaskEvidence> tasks
    )
    {
        var pinned = running.Where(each => each.IsPinned == true).Sum(each => each.Tasks);
        if (pin.Digest is null)
        {
            return new Verdict(RunningState.UnknownDigest, pin.Problem);
        }

        var other = running.FirstOrDefault(each => each.IsPinned == false);
        if (other is not null)
        {
            return pin.Tag is { } tag
                    ? new Verdict(
                        RunningState.UnknownDigest,
                        $"it is pinned by the tag {tag}, which names {pin.Digest?.Short} now; {Tasks(other.Tasks)} with {other.Digest?.Short}"
                    )
                : tasks.Exists(task => task.TaskDefinition != named)
                    ? new Verdict(
                        RunningState.PartlyRunning,
                        $"{Tasks(other.Tasks)} with {other.Digest?.Short}, of another task definition"
                    )
                : new Verdict(RunningState.Drifted, $"{Tasks(other.Tasks)} with {other.Digest?.Short}");
        }

        var unknown = running.Where(each => each.IsPinned is null).Sum(each => each.Tasks);
        if (unknown > 0)
        {
            return new Verdict(
                RunningState.UnknownDigest,
                running.First(each => each.IsPinned is null).Digest is { } digest
                    ? $"{Tasks(unknown)} with {digest.Short}, and its registry does not say whether {pin.Digest?.Short} is an index of it"
                    : $"ECS does not say which image {unknown} of its tasks run"
            );
        }

        return pinned >= service.Desired && pinned > 0 ? new Verdict(RunningState.Running)
            : service.Desired == 0 ? new Verdict(RunningState.Stopped, "no task is wanted")
            : new Verdict(
                RunningState.PartlyRunning,
                service.Primary?.Failed is > 0 and var failed
                    ? $"{pinned} of {service.Desired} tasks; {failed} failed to start"
                    : $"{pinned} of {service.Desired} tasks"
            );
    }

    private static string Tasks(int count) => count == 1 ? "1 task runs" : $"{count} tasks run";
}
