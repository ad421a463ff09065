using System.Globalization;
using Lading.Running;

namespace Lading.Tests.Running.Past;

/// <summary>
/// Invents the operations of a stack, step by step; a <see cref="RandomPast"/> decides which comes when.
/// </summary>
/// <param name="random">Makes the decisions.</param>
/// <param name="items">Receives what people do meanwhile.</param>
internal sealed class RandomOperations(Random random, List<PastItem> items)
{
    private int digests;

    public DateTimeOffset Now { get; set; }

    /// <summary>The digests that the stack pins, by service.</summary>
    public Dictionary<string, string> Pins { get; private set; } = new(StringComparer.Ordinal);

    public PastOperation Create()
    {
        Pins = RandomPast.Services.ToDictionary(service => service, _ => NextDigest(), StringComparer.Ordinal);
        return Operate(ReleaseOutcome.Succeeded, RandomPast.Services, Pins, []);
    }

    public PastOperation Deploy(ReleaseOutcome outcome)
    {
        var changed = RandomPast.Services.Where(_ => random.Next(2) == 0).ToList();
        changed = changed.Count > 0 ? changed : [RandomPast.Services[random.Next(3)]];
        var tried = With(changed);
        var operation = Operate(outcome, changed, tried, []);
        Pins = outcome == ReleaseOutcome.Succeeded ? tried : Pins;
        return operation;
    }

    public PastOperation Unchanged() => Operate(ReleaseOutcome.Succeeded, [], Pins, []);

    /// <summary>A service does not stabilize, and the record is never written.</summary>
    public PastOperation FailEarly()
    {
        var changed = RandomPast.Services.Where(_ => random.Next(2) == 0).ToList();
        changed = changed.Count > 0 ? changed : ["Web"];
        return Operate(ReleaseOutcome.RolledBack, changed, With(changed), changed);
    }

    /// <summary>
    /// Something else fails after the record was written; the rollback writes the previous one again.
    /// </summary>
    public PastOperation FailLate()
    {
        List<string> changed = [RandomPast.Services[random.Next(3)]];
        var start = Now;
        var tried = With(changed);
        var steps = Begin(changed, tried, "SUCCESSFUL");
        Now += Seconds(30, 400);
        steps.Add(new PastStep(Now, null, tried));
        Now += Seconds(2, 300);
        var back = Now;
        Now += Seconds(1, 3);
        steps.Add(new PastStep(Now, null, Pins));
        steps.AddRange(Begin(changed, Pins, "SUCCESSFUL"));
        Now += Seconds(30, 300);
        return new PastOperation(start, Now, ReleaseOutcome.RolledBack, tried, steps)
        {
            RollbackAt = back,
            Who = Who(),
        };
    }

    /// <summary>The rollback fails too, until somebody continues it. Meanwhile, somebody may deploy by hand.</summary>
    public void FailAndStick()
    {
        List<string> changed = ["Web"];
        var start = Now;
        var tried = With(changed);
        var steps = Begin(changed, tried, "ROLLBACK_SUCCESSFUL");
        Now += Seconds(60, 300);
        var failed = Now;
        Now += Seconds(60, 3000);
        if (random.Next(2) == 0)
        {
            Attempt("Web", NextDigest());
            Now += Seconds(200, 3000);
        }

        var resumed = Now;
        Now += Seconds(1, 5);
        steps.AddRange(Begin(changed, Pins, "SUCCESSFUL"));
        Now += Seconds(60, 300);
        items.Add(
            new PastOperation(start, Now, ReleaseOutcome.RolledBack, tried, steps)
            {
                Stuck = (failed, resumed),
                RollbackAt = failed - RandomPast.Apart,
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
        var start = Now;
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
        Now += Seconds(30, 900);
        if (
            random.Next(6) == 0
            && outcome == ReleaseOutcome.Succeeded
            && RandomPast.Services.Except(changed).ToList() is { Count: > 0 } others
        )
        {
            // Meanwhile, somebody hotswaps a service that the operation leaves alone.
            Attempt(others[0], NextDigest());
            Now += Seconds(200, 900);
        }

        if (outcome == ReleaseOutcome.Succeeded && changed.Count > 0)
        {
            steps.Add(new PastStep(Now, null, tried));
        }

        var back = Now;
        steps.AddRange(Begin(takenBack, Pins, "SUCCESSFUL"));
        Now += Seconds(1, 60);
        return new PastOperation(
            start,
            outcome == ReleaseOutcome.InProgress ? null : Now,
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
            Now += Seconds(2, 30);
            steps.Add(
                new PastStep(
                    Now,
                    service,
                    new Dictionary<string, string>(StringComparer.Ordinal) { [service] = images[service] },
                    status
                )
            );
        }

        return steps;
    }

    public void Attempt(string service, string digest) => items.Add(new PastAttempt(Now, service, digest));

    private Dictionary<string, string> With(IEnumerable<string> changed)
    {
        var images = new Dictionary<string, string>(Pins, StringComparer.Ordinal);
        foreach (var service in changed)
        {
            images[service] = NextDigest();
        }

        return images;
    }

    public string NextDigest() => $"sha256:{(++digests).ToString("x64", CultureInfo.InvariantCulture)}";

    private string? Who() => random.Next(5) == 0 ? null : $"person{random.Next(3)}";

    private TimeSpan Seconds(int from, int to) => TimeSpan.FromSeconds(random.Next(from, to));
}
