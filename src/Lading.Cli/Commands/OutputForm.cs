namespace Lading.Cli.Commands;

/// <summary>What standard output holds.</summary>
internal enum OutputForm
{
    Text,
    Json,
}
