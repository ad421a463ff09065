using Lading.Aws.Schedules;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;

namespace Lading.Aws.Retention;

/// <summary>Reads schedules of EventBridge Scheduler: the tasks they start, and the images in their input.</summary>
internal sealed class ScheduleUses : IUseReader
{
    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        var schedules = await region
            .Facts.ListAsync(next => new ListSchedules(next), "", cancellationToken)
            .ConfigureAwait(false);
        region.Uses.Count(schedules.Count, "schedule");
        // The input may name an image for a state machine or a function, whatever the target is.
        await Task.WhenAll(schedules.Select(schedule => ReadAsync(region, schedule, cancellationToken)))
            .ConfigureAwait(false);
    }

    private static async Task ReadAsync(
        RegionFacts region,
        ListedSchedule schedule,
        CancellationToken cancellationToken
    )
    {
        var facts = region.Facts;
        var found = await facts
            .FindAsync(new GetSchedule(schedule.Name, schedule.Group, facts.Now), schedule.Name, cancellationToken)
            .ConfigureAwait(false);
        region.Uses.Add(
            UseKind.OtherWorkload,
            ImageMentions.In(found?.Texts ?? []),
            $"schedule {schedule.Name} names it",
            region.Origin("scheduler:GetSchedule", schedule.Name)
        );
        foreach (var definition in found?.TaskDefinitions ?? [])
        {
            region.Name(definition, UseKind.OtherWorkload, $"schedule {schedule.Name} starts it");
        }
    }
}
