using Lading.EndToEndTests;
using Lading.Testing;

[assembly: AssemblyFixture(typeof(ContainerEngines))]
[assembly: AssemblyFixture(typeof(MotoServer))]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
