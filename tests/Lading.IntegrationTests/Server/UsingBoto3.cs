using Lading.Server.Ecr;
using Lading.Testing;

namespace Lading.IntegrationTests.Server;

public sealed class UsingBoto3 : IAsyncLifetime
{
    private AwsPrograms aws = null!;

    public async ValueTask InitializeAsync() => aws = await AwsPrograms.StartAsync();

    public ValueTask DisposeAsync() => aws.DisposeAsync();

    [Fact]
    public async Task Every_operation_answers_as_the_model_of_the_service_says()
    {
        await Requires.MotoAsync();
        var operations = typeof(IEcrOperation)
            .Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IEcrOperation)))
            .Select(type => type.Name[..^"Operation".Length])
            .ToList();
        Assert.All(operations, name => Assert.NotNull(EcrOperations.Find(name)));
        var script = SourceTree.PathOf("tests/Lading.IntegrationTests/Server/ecr.py");
        var said = await aws.RunAsync("python3", script, string.Join(',', operations));
        Assert.Equal($"{operations.Count} operations", said.Trim());
    }
}
