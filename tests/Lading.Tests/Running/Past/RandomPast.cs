using System.Globalization;
using Lading.Running;

namespace Lading.Tests.Running.Past;

/// <summary>The true past of a stack of three services, the last of them in a nested stack, made up at random.</summary>
internal sealed class RandomPast
{
    public static readonly IReadOnlyList<string> Services = ["Web", "Worker", "Jobs"];

    /// <summary>Clocks are less than this apart, and what belongs to nothing else is farther away than that.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromSeconds(5);

    private readonly Random random;
    private readonly DateTimeOffset cutoff;
    private readonly bool isBusy;
    private Dictionary<string, string> pins = new(StringComparer.Ordinal);
    private DateTimeOffset now;
    private int digests;

    public RandomPast(Random random, DateTimeOffset end)
    {
        this.random = random;
        cutoff = end - TimeSpan.FromDays(90);
        HasRecord = random.Next(4) > 0;
        Parts = random.Next(3) == 0 ? random.Next(2, 4) : 1;
        // Now and then more releases than SSM keeps versions.
        isBusy = random.Next(6) == 0;
        now = end - TimeSpan.FromDays(random.Next(3) == 0 ? 170 : random.Next(20, 80));
        Items.Add(Create());
        var count = isBusy ? 160 : random.Next(3, 25);
        for (var i = 0; i < count && now < end - TimeSpan.FromDays(1); i++)
        {
            Pass();
            Happen();
        }

        if (random.Next(4) == 0 && now < end - TimeSpan.FromHours(2))
        {
            now = end - TimeSpan.FromHours(1);
            Items.Add(Deploy(ReleaseOutcome.InProgress));
        }
    }

    public List<PastItem> Items { get; } = [];

    /// <summary>Whether the stack has a record.</summary>
    public bool HasRecord { get; }

    /// <summary>Parameters that the record takes.</summary>
    public int Parts { get; }

    private void Happen()
    {
        switch (random.Next(12))
        {
            case 0:
                Items.Add(Unchanged());
                break;
            case 1:
                Items.Add(FailEarly());
                break;
            case 2 when HasRecord:
                Items.Add(FailLate());
                break;
            case 3 or 4:
                Attempt(Services[random.Next(3)], NextDigest());
                break;
            case 5:
                var service = Services[random.Next(3)];
                Attempt(service, pins[service]);
                break;
            case 6 when HasRecord && random.Next(2) == 0:
                Items.Add(new PastDeletion(now));
                // CloudFormation writes the parameter when its value changes.
                Pass();
                Items.Add(Deploy(ReleaseOutcome.Succeeded));
                break;
            case 7 when HasRecord && Parts == 1:
                Items.Add(
                    new PastEdit(
                        now,
                        new Dictionary<string, string>(pins, StringComparer.Ordinal) { ["Web"] = NextDigest() }
                    )
                );
                // It stays until the next deployment that changes it.
                Pass();
                Items.Add(Deploy(ReleaseOutcome.Succeeded));
                break;
            case 8:
                FailAndStick();
                break;
            default:
                Items.Add(Deploy(ReleaseOutcome.Succeeded));
                break;
        }
    }

    private PastOperation Create()
    {
        pins = Services.ToDictionary(service => service, _ => NextDigest(), StringComparer.Ordinal);
        return Operate(ReleaseOutcome.Succeeded, Services, pins, []);
    }

    private PastOperation Deploy(ReleaseOutcome outcome)
    {
        var changed = Services.Where(_ => random.Next(2) == 0).ToList();
        changed = changed.Count > 0 ? changed : [Services[random.Next(3)]];
        var tried = With(changed);
        var operation = Operate(outcome, changed, tried, []);
        pins = outcome == ReleaseOutcome.Succeeded ? tried : pins;
        return operation;
    }

    private PastOperation Unchanged() => Operate(ReleaseOutcome.Succeeded, [], pins, []);

    /// <summary>A service does not become stable: the record was never written.</summary>
    private PastOperation FailEarly()
    {
        var changed = Services.Where(_ => random.Next(2) == 0).ToList();
        changed = changed.Count > 0 ? changed : ["Web"];
        return Operate(ReleaseOutcome.RolledBack, changed, With(changed), changed);
    }

    /// <summary>Something else fails once the record is written: the rollback writes the one of before again.</summary>
    private PastOperation FailLate()
    {
        List<string> changed = [Services[random.Next(3)]];
        var start = now;
        var tried = With(changed);
        var steps = Begin(changed, tried, "SUCCESSFUL");
        now += Seconds(30, 400);
        steps.Add(new PastStep(now, null, tried));
        now += Seconds(2, 300);
        var back = now;
        now += Seconds(1, 3);
        steps.Add(new PastStep(now, null, pins));
        steps.AddRange(Begin(changed, pins, "SUCCESSFUL"));
        now += Seconds(30, 300);
        return new PastOperation(start, now, ReleaseOutcome.RolledBack, tried, steps)
        {
            RollbackAt = back,
            Who = Who(),
        };
    }

    /// <summary>The rollback fails too, and somebody has it go on hours later. Meanwhile people help themselves.</summary>
    private void FailAndStick()
    {
        List<string> changed = ["Web"];
        var start = now;
        var tried = With(changed);
        var steps = Begin(changed, tried, "ROLLBACK_SUCCESSFUL");
        now += Seconds(60, 300);
        var failed = now;
        now += Seconds(60, 3000);
        if (random.Next(2) == 0)
        {
            Attempt("Web", NextDigest());
            now += Seconds(200, 3000);
        }

        var resumed = now;
        now += Seconds(1, 5);
        steps.AddRange(Begin(changed, pins, "SUCCESSFUL"));
        now += Seconds(60, 300);
        Items.Add(
            new PastOperation(start, now, ReleaseOutcome.RolledBack, tried, steps)
            {
                Stuck = (failed, resumed),
                RollbackAt = failed - Apart,
                Who = Who(),
            }
        );
    }

    private PastOperation Operate(
        ReleaseOutcome outcome,
        IReadOnlyList<string> changed,
        Dictionary<string, string> tried,
        IReadOnlyList<string> takenBack
    )
    {
        var start = now;
        var steps = Begin(
            changed,
            tried,
            outcome switch
            {
                ReleaseOutcome.RolledBack => "ROLLBACK_SUCCESSFUL",
                ReleaseOutcome.InProgress => "IN_PROGRESS",
                _ => "SUCCESSFUL",
            }
        );
        now += Seconds(30, 900);
        if (
            random.Next(6) == 0
            && outcome == ReleaseOutcome.Succeeded
            && Services.Except(changed).ToList() is { Count: > 0 } others
        )
        {
            // Somebody swaps a service meanwhile that the operation leaves alone.
            Attempt(others[0], NextDigest());
            now += Seconds(200, 900);
        }

        if (outcome == ReleaseOutcome.Succeeded && changed.Count > 0)
        {
            steps.Add(new PastStep(now, null, tried));
        }

        var back = now;
        steps.AddRange(Begin(takenBack, pins, "SUCCESSFUL"));
        now += Seconds(1, 60);
        return new PastOperation(
            start,
            outcome == ReleaseOutcome.InProgress ? null : now,
            outcome,
            new Dictionary<string, string>(tried, StringComparer.Ordinal),
            steps
        )
        {
            RollbackAt = takenBack.Count > 0 ? back : null,
            Who = Who(),
        };
    }

    private List<PastStep> Begin(IEnumerable<string> services, Dictionary<string, string> images, string status)
    {
        var steps = new List<PastStep>();
        foreach (var service in services)
        {
            now += Seconds(2, 30);
            steps.Add(
                new PastStep(
                    now,
                    service,
                    new Dictionary<string, string>(StringComparer.Ordinal) { [service] = images[service] },
                    status
                )
            );
        }

        return steps;
    }

    private void Attempt(string service, string digest) => Items.Add(new PastAttempt(now, service, digest));

    /// <summary>Nothing lies across the moment before which CloudFormation and ECS have forgotten everything.</summary>
    private void Pass()
    {
        now +=
            isBusy ? Seconds(20, 40_000)
            : random.Next(3) == 0 ? Seconds(20, 120)
            : Seconds(600, 900_000);
        if ((now - cutoff).Duration() < TimeSpan.FromHours(6))
        {
            now = cutoff + TimeSpan.FromHours(6);
        }
    }

    private Dictionary<string, string> With(IEnumerable<string> changed)
    {
        var images = new Dictionary<string, string>(pins, StringComparer.Ordinal);
        foreach (var service in changed)
        {
            images[service] = NextDigest();
        }

        return images;
    }

    private string NextDigest() => $"sha256:{(++digests).ToString("x64", CultureInfo.InvariantCulture)}";

    private string? Who() => random.Next(5) == 0 ? null : $"person{random.Next(3)}";

    private TimeSpan Seconds(int from, int to) => TimeSpan.FromSeconds(random.Next(from, to));
}
