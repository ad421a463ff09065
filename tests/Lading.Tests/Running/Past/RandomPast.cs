using Lading.Running;

namespace Lading.Tests.Running.Past;

/// <summary>
/// The true past of a stack of three services, the last of them in a nested stack, generated at random.
/// </summary>
internal sealed class RandomPast
{
    public static readonly IReadOnlyList<string> Services = ["Web", "Worker", "Jobs"];

    /// <summary>Clocks differ by less than this, and unrelated events are farther apart.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromSeconds(5);

    private readonly Random random;
    private readonly DateTimeOffset cutoff;
    private readonly bool isBusy;
    private readonly RandomOperations operations;

    public RandomPast(Random random, DateTimeOffset end)
    {
        this.random = random;
        cutoff = end - TimeSpan.FromDays(90);
        HasRecord = random.Next(4) > 0;
        Parts = random.Next(3) == 0 ? random.Next(2, 4) : 1;
        // Sometimes there are more releases than SSM keeps versions.
        isBusy = random.Next(6) == 0;
        operations = new RandomOperations(random, Items)
        {
            Now = end - TimeSpan.FromDays(random.Next(3) == 0 ? 170 : random.Next(20, 80)),
        };
        Items.Add(operations.Create());
        var count = isBusy ? 160 : random.Next(3, 25);
        for (var i = 0; i < count && operations.Now < end - TimeSpan.FromDays(1); i++)
        {
            Pass();
            Happen();
        }

        if (random.Next(4) == 0 && operations.Now < end - TimeSpan.FromHours(2))
        {
            operations.Now = end - TimeSpan.FromHours(1);
            Items.Add(operations.Deploy(ReleaseOutcome.InProgress));
        }
    }

    public List<PastItem> Items { get; } = [];

    /// <summary>Whether the stack has a record.</summary>
    public bool HasRecord { get; }

    /// <summary>The number of parameters of the record.</summary>
    public int Parts { get; }

    private void Happen()
    {
        switch (random.Next(12))
        {
            case 0:
                Items.Add(operations.Unchanged());
                break;
            case 1:
                Items.Add(operations.FailEarly());
                break;
            case 2 when HasRecord:
                Items.Add(operations.FailLate());
                break;
            case 3 or 4:
                operations.Attempt(Services[random.Next(3)], operations.NextDigest());
                break;
            case 5:
                var service = Services[random.Next(3)];
                operations.Attempt(service, operations.Pins[service]);
                break;
            case 6 when HasRecord && random.Next(2) == 0:
                Items.Add(new PastDeletion(operations.Now));
                // CloudFormation writes the parameter only when its value changes.
                Pass();
                Items.Add(operations.Deploy(ReleaseOutcome.Succeeded));
                break;
            case 7 when HasRecord && Parts == 1:
                Items.Add(
                    new PastEdit(
                        operations.Now,
                        new Dictionary<string, string>(operations.Pins, StringComparer.Ordinal)
                        {
                            ["Web"] = operations.NextDigest(),
                        }
                    )
                );
                // The edit stays until the next deployment that changes the record.
                Pass();
                Items.Add(operations.Deploy(ReleaseOutcome.Succeeded));
                break;
            case 8:
                operations.FailAndStick();
                break;
            default:
                Items.Add(operations.Deploy(ReleaseOutcome.Succeeded));
                break;
        }
    }

    /// <summary>
    /// Lets time pass. No event spans the cutoff, before which CloudFormation and ECS have forgotten everything.
    /// </summary>
    private void Pass()
    {
        operations.Now +=
            isBusy ? Seconds(20, 40_000)
            : random.Next(3) == 0 ? Seconds(20, 120)
            : Seconds(600, 900_000);
        if ((operations.Now - cutoff).Duration() < TimeSpan.FromHours(6))
        {
            operations.Now = cutoff + TimeSpan.FromHours(6);
        }
    }

    private TimeSpan Seconds(int from, int to) => TimeSpan.FromSeconds(random.Next(from, to));
}
