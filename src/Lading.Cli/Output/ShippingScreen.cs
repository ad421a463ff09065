using System.Collections.Concurrent;
using Lading.Cli.Commands;
using Lading.Fingerprints;
using Lading.Shipping;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>What <c>publish</c> and <c>promote</c> show: a line an image that changes in place on a terminal, a line a step elsewhere, and the sum at the end.</summary>
internal sealed class ShippingScreen(Invocation invocation, ShippingPlan plan) : IProgress<ShippingEvent>
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentDictionary<string, ShippingEvent> latest = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> notes = new();
    private readonly Lock narration = new();

    private Terminal Terminal => invocation.Terminal;

    public void Report(ShippingEvent value)
    {
        if (value.Note is { } note)
        {
            notes.Enqueue($"{value.Image}: {note}");
            return;
        }

        var before = latest.GetValueOrDefault(value.Image);
        latest[value.Image] = value;
        if (!Terminal.IsLive)
        {
            Tell(before, value);
        }
    }

    /// <summary>Shows work while it is done.</summary>
    public async Task<T> ShowAsync<T>(Func<IProgress<ShippingEvent>, Task<T>> work)
    {
        var working = work(this);
        if (Terminal.IsLive && plan.New.Any())
        {
            try
            {
                await Terminal
                    .Progress.Live(Lines())
                    .AutoClear(true)
                    .StartAsync(async live =>
                    {
                        while (await Task.WhenAny(working, Task.Delay(Tick)).ConfigureAwait(false) != working)
                        {
                            live.UpdateTarget(Lines());
                        }
                    })
                    .ConfigureAwait(false);
            }
            finally
            {
                // Where drawing fails, what was begun is not left behind.
                await ((Task)working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return await working.ConfigureAwait(false);
    }

    /// <summary>Shows what came of it.</summary>
    public async Task DoneAsync(
        IReadOnlyList<PublishedImage> published,
        ProjectSources sources,
        TimeSpan took,
        CancellationToken cancellationToken
    )
    {
        var planned = plan
            .Images.Where(image => image.Note is not null)
            .Select(image => $"{image.Name}: {image.Note}");
        foreach (var note in planned.Concat(notes))
        {
            Terminal.NarrateMarkup($"  [grey]note: {Markup.Escape(note)}[/]");
        }

        if (invocation.Json)
        {
            Terminal.Result(PublishDocument.Of(plan.Environment, published));
            return;
        }

        if (plan.New.Any() || invocation.Verbose)
        {
            var table = new TextTable();
            foreach (var image in published)
            {
                var since = await SinceAsync(image, sources, cancellationToken).ConfigureAwait(false);
                table.Add(
                    image.Plan.Name,
                    Identifiers.Short(image.Plan.SourceTag),
                    What(image),
                    Identifiers.Short(image.Locked.Digest),
                    since
                );
            }

            Terminal.ResultTable(table);
            Terminal.Result("");
        }

        Terminal.Result("  " + Sum(published, took));
    }

    private static string What(PublishedImage image) =>
        image.Plan.Action switch
        {
            ShippingAction.Reuse => "[green]in the registry[/]",
            ShippingAction.Adopt => "[green]adopted[/]",
            ShippingAction.Copy => "[green]copied[/]",
            _ when image.Plan.Only is { } platform => $"[green]built and pushed[/], {platform} alone",
            _ when image.Plan.Parts.Count > 0 && image.Plan.Parts.All(part => part.Digest is not null) =>
                $"[green]joined[/] of {image.Plan.Parts.Count} platforms",
            _ => "[green]built and pushed[/]",
        };

    private static string Sum(IReadOnlyList<PublishedImage> published, TimeSpan took)
    {
        var reused = published.Count(image => image.Plan.Action is ShippingAction.Reuse or ShippingAction.Adopt);
        var fresh = published.Count - reused;
        var sent = published.Sum(image => image.BytesSent);
        var there = published.Sum(image => image.BytesThere);
        string[] parts =
        [
            $"{published.Count} image{(published.Count == 1 ? "" : "s")}",
            .. reused > 0 ? [$"{reused} reused"] : Array.Empty<string>(),
            .. fresh > 0 ? [$"{fresh} new"] : Array.Empty<string>(),
            fresh == 0 ? "nothing sent"
            : there > 0 ? $"{Amount.OfBytes(sent)} sent, {Amount.OfBytes(there)} already there"
            : $"{Amount.OfBytes(sent)} sent",
            Amount.OfTime(took),
        ];
        return string.Join(" · ", parts);
    }

    /// <summary><c>(unchanged since 4e1c0d2, 3 days ago)</c> for what was reused.</summary>
    private async Task<string> SinceAsync(
        PublishedImage image,
        ProjectSources sources,
        CancellationToken cancellationToken
    )
    {
        var held = image.Plan.Image.Hold is { } hold ? $"[yellow]held: {Markup.Escape(hold.Reason)}[/] " : "";
        if (image.Plan.Action != ShippingAction.Reuse || image.Locked.Revision is not { } revision)
        {
            return held;
        }

        var time = await CommitTime.FindAsync(sources.Objects, revision, cancellationToken).ConfigureAwait(false);
        var age = time is { } then ? ", " + Age.Of(invocation.Host.Time.GetUtcNow() - then) : "";
        return $"{held}[grey](unchanged since {Identifiers.Commit(revision)}{age})[/]";
    }

    private Rows Lines()
    {
        var names = plan.Images.Max(image => image.Name.Length);
        return new Rows(
            plan.Images.Select(image => new Markup(
                $"  {image.Name.PadRight(names)}  {Identifiers.Short(image.SourceTag)}  {ShippingLine.Of(image, latest.GetValueOrDefault(image.Name))}"
            )
            {
                Overflow = Overflow.Ellipsis,
            })
        );
    }

    /// <summary>Without a live terminal each new step is a line, and all output of engines with <c>--verbose</c>.</summary>
    private void Tell(ShippingEvent? before, ShippingEvent now)
    {
        lock (narration)
        {
            if (before?.Stage != now.Stage && now.Stage is not (ShippingStage.Done or ShippingStage.Preparing))
            {
                Terminal.Narrate($"  {now.Image}  {ShippingLine.Stage(now)}");
            }

            if (now.Output is { } output && invocation.Verbose)
            {
                Terminal.Narrate($"  {now.Image}  {output}");
            }
        }
    }
}
