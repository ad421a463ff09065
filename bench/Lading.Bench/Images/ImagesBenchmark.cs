using System.Globalization;
using System.Text;
using Lading.Bench.Races;

namespace Lading.Bench.Images;

/// <summary>
/// <c>lading image</c> compared with the other clients on the machine: push, push again, copies within a registry and
/// between two, pull; four images.
/// </summary>
/// <param name="name">The benchmark's name.</param>
/// <param name="registry">Finds the registry that it runs against; null if this machine has none.</param>
internal sealed class ImagesBenchmark(string name, Func<Workplace, MeasuredRegistry?> registry) : IBenchmark
{
    private const int Rounds = 5;

    public string Name => name;

    public async Task<string> RunAsync(Workplace place, CancellationToken cancellationToken)
    {
        if (registry(place) is not { } kind)
        {
            return "That registry is not on this machine: `apt-get install docker-registry`.\n";
        }

        var clients = ImageClient.OnThisMachine(place);
        var others = clients.Skip(1).Select(client => client.Name).ToList();
        var section = new StringBuilder(
            others.Count == 0
                ? "No other client is on this machine: `apt-get install skopeo`.\n"
                : $"Against {string.Join(", ", others)}. Ratios are of medians, the other client's by Lading's: above 1, Lading is faster.\n"
        );
        var images = new List<BenchImage>();
        foreach (var shape in place.Images)
        {
            images.Add(await BenchImage.MakeAsync(place.Cache, shape, cancellationToken));
        }

        section.Append(CultureInfo.InvariantCulture, $"\nThrough {kind.Name}:\n\n{Head(others)}");
        var aims = new ClientAims(clients);
        var moved = new Dictionary<ImageOperation, TimeSpan>();
        await using var registries = await RegistryPair.StartAsync(kind, place, cancellationToken);
        foreach (var image in images)
        {
            foreach (var operation in ImageOperation.All)
            {
                await Console.Error.WriteAsync($"{kind.Name}, {image.Shape.Name}, {operation.Name}: ");
                var (row, result) = await RowAsync(place, clients, registries, image, operation, cancellationToken);
                await Console.Error.WriteAsync(row);
                section.Append(row);
                aims.Add(image.Shape, result);
                moved[operation] = result.Timings[0].Median;
            }
        }

        section.Append('\n').Append(aims.Text());
        if (images.Find(image => image.Shape == ImageShape.Large) is not { } bytes)
        {
            return section.ToString();
        }

        var floor = await ByteFloor.MeasureAsync(bytes, place.Cache, place.Rounds ?? Rounds, cancellationToken);
        section.Append(
            CultureInfo.InvariantCulture,
            $"- Reading, hashing and writing the bytes of `large` once, on one thread, takes {floor.TotalSeconds:0.00} s. By that, a push: {Aim.AtMost(moved[ImageOperation.Push] / floor, 1.3)}; a pull: {Aim.AtMost(moved[ImageOperation.Pull] / floor, 1.3)}.\n"
        );
        return section.ToString();
    }

    private static string Head(IReadOnlyList<string> others) =>
        $"| image | operation | Lading | requests | peak memory |{string.Concat(others.Select(name => $" {name} | ratio | requests |"))}\n"
        + $"|---|---|---:|---:|---:|{string.Concat(others.Select(_ => "---:|---:|---:|"))}\n";

    private static async Task<(string Row, RaceResult Result)> RowAsync(
        Workplace place,
        IReadOnlyList<ImageClient> clients,
        RegistryPair registries,
        BenchImage image,
        ImageOperation operation,
        CancellationToken cancellationToken
    )
    {
        var output = Path.Combine(place.Cache, "pulled");
        await operation.PrepareAsync(registries.From, image, clients[0], cancellationToken);
        var contenders = clients
            .Select(client => new Contender(
                client.Name,
                client.Call(operation, image, registries.From.Host, registries.To.Host, output)
            )
            {
                Before = _ => operation.ResetAsync(registries.From, registries.To, output),
            })
            .ToList();
        var result = await Race.RunAsync(contenders, place.Rounds ?? Rounds, cancellationToken);
        var requests = new List<int>();
        foreach (var client in clients)
        {
            var count = await registries.CountAsync(
                (from, to) => client.Call(operation, image, from, to, output),
                () => operation.ResetAsync(registries.From, registries.To, output),
                cancellationToken
            );
            requests.Add(count);
        }

        operation.RequireFew(image, requests[0]);
        var row = new StringBuilder($"| {image.Shape.Name} | {operation.Name} |");
        for (var i = 0; i < clients.Count; i++)
        {
            var timing = result.Timings[i];
            row.Append(CultureInfo.InvariantCulture, $" {timing.Median.TotalSeconds:0.00} s |");
            row.Append(
                i == 0
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $" {requests[0]} | {timing.PeakMemory / (1024.0 * 1024):0} MB |"
                    )
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $" {result.Ratio(timing.Name, clients[0].Name):0.00} | {requests[i]} |"
                    )
            );
        }

        return (row.Append('\n').ToString(), result);
    }
}
