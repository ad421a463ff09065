using Lading.Aws.Schedules;
using Lading.Retention.Evidence;

namespace Lading.Aws.Retention;

/// <summary>Schedules of EventBridge Scheduler that start tasks.</summary>
internal sealed class ScheduleUses : IUseReader
{
    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        var schedules = await region
            .Facts.ListAsync(next => new ListSchedules(next), "", cancellationToken)
            .ConfigureAwait(false);
        region.Uses.Count(schedules.Count, "schedule");
        await Task.WhenAll(
                schedules
                    .Where(schedule => schedule.StartsTasks)
                    .Select(schedule => ReadAsync(region, schedule, cancellationToken))
            )
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
        foreach (var definition in found?.TaskDefinitions ?? [])
        {
            region.Name(definition, UseKind.OtherWorkload, $"schedule {schedule.Name} starts it");
        }
    }
}
